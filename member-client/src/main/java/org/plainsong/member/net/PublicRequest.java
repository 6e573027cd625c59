package org.plainsong.member.net;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.transcript.TranscriptFiles;

/** One HTTPS request to a server, over a connection of its own: a public file, or a roster entry handed in. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
public final class PublicRequest extends ChannelInboundHandlerAdapter {
    private static final int MAX_ANSWER = 64 << 20;
    private static final int SECONDS = 20;

    private final FullHttpRequest request;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /**
     * What a server answers.
     *
     * @param status HTTP status
     * @param body bytes of the answer
     */
    public record Answer(int status, ByteString body) {}

    private PublicRequest(FullHttpRequest request) {
        this.request = request;
    }

    /** Reads a public file of a group, for instance {@code group}. Fails with {@link IOException} if the server is not reached. */
    public static CompletableFuture<Answer> get(Connections connections, Endpoint server, GroupId group, String file) {
        return send(connections, server, HttpMethod.GET, TranscriptFiles.prefix(group) + file, ByteString.EMPTY);
    }

    /** Hands a roster entry in: its envelope. Fails with {@link IOException} if the server is not reached. */
    public static CompletableFuture<Answer> postRoster(
            Connections connections, Endpoint server, GroupId group, ByteString envelope) {
        return send(connections, server, HttpMethod.POST, TranscriptFiles.prefix(group) + "roster", envelope);
    }

    private static CompletableFuture<Answer> send(
            Connections connections, Endpoint server, HttpMethod method, String path, ByteString body) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body.unsafeArray()));
        request.headers()
                .set(HttpHeaderNames.HOST, server.url().authority())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.size());
        PublicRequest speaker = new PublicRequest(request);
        connections.open(server, connections.nextLoop(), speaker).addListener(done -> {
            if (!done.isSuccess()) {
                speaker.fail(FrameChannel.reason(done.cause()));
            }
        });
        return speaker.answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), "answer", new HttpObjectAggregator(MAX_ANSWER));
        ctx.executor()
                .schedule(
                        () -> {
                            fail("the server did not answer in time");
                            ctx.close();
                        },
                        SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        try {
            if (received instanceof FullHttpResponse response) {
                answer.complete(new Answer(
                        response.status().code(), ByteString.wrap(ByteBufUtil.getBytes(response.content()))));
            }
            ctx.close();
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the connection was closed before the answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(FrameChannel.reason(cause));
        ctx.close();
    }

    private void fail(String why) {
        answer.completeExceptionally(new IOException(why));
    }
}
