package org.plainsong.member.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.FrameParts;
import org.plainsong.core.wire.Frames;

/** Speaks frames with one server over one connection: WebSocket handshake, strict decoding, limits, signs of life. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class FrameChannel extends ChannelInboundHandlerAdapter {
    /** What becomes of a connection; called on its thread. */
    interface Listener {
        /** It stands. */
        void up(FrameChannel channel);

        /** A frame has come. */
        void frame(FrameChannel channel, Frame frame);

        /** It is gone, or never stood; comes once. {@code why} names no address. */
        void down(FrameChannel channel, String why);
    }

    private static final int UPGRADE_BYTES = 8192;
    private static final int UPGRADE_SECONDS = 10;
    private static final String HANDSHAKE_DEADLINE = "the server did not answer in time";

    private final WebSocketClientHandshaker handshaker;
    private final Listener listener;
    private final Limits limits;
    private @Nullable ChannelHandlerContext context;
    private boolean up;
    private boolean told;
    private boolean asked;
    private String why = "the connection was closed";

    /**
     * What a connection may cost.
     *
     * @param frames largest frames taken in
     * @param outgoingBytes most bytes that wait for a server that reads slowly
     * @param idleSeconds of silence before a ping; as long again, and the connection is dead
     */
    record Limits(FrameLimits frames, long outgoingBytes, int idleSeconds) {
        static final Limits STANDARD = new Limits(FrameLimits.FROM_SERVER, 64L << 20, 20);
    }

    FrameChannel(URI uri, Listener listener, Limits limits) {
        this.listener = listener;
        this.limits = limits;
        this.handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                uri,
                WebSocketVersion.V13,
                null,
                false,
                new DefaultHttpHeaders(),
                limits.frames().maxFrame());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.pipeline().addBefore(ctx.name(), "response", new HttpObjectAggregator(UPGRADE_BYTES));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        handshaker.handshake(ctx.channel());
        ctx.executor()
                .schedule(
                        () -> {
                            if (!up) {
                                end(ctx, HANDSHAKE_DEADLINE);
                            }
                        },
                        UPGRADE_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        try {
            asked = false;
            switch (received) {
                case FullHttpResponse response -> upgraded(ctx, response);
                case BinaryWebSocketFrame binary -> decoded(ctx, binary.content());
                case PingWebSocketFrame ping ->
                    ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                case PongWebSocketFrame pong -> {}
                case CloseWebSocketFrame close -> end(ctx, "the server closed the connection");
                default -> end(ctx, "the server sent something that is no frame");
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void upgraded(ChannelHandlerContext ctx, FullHttpResponse response) {
        try {
            handshaker.finishHandshake(ctx.channel(), response);
        } catch (WebSocketHandshakeException e) {
            end(
                    ctx,
                    "the server refused the connection with status "
                            + response.status().code());
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addBefore(
                ctx.name(),
                "whole",
                new WebSocketFrameAggregator(limits.frames().maxFrame()));
        pipeline.addBefore(ctx.name(), "idle", new IdleStateHandler(limits.idleSeconds(), 0, 0, TimeUnit.SECONDS));
        up = true;
        listener.up(this);
    }

    private void decoded(ChannelHandlerContext ctx, ByteBuf content) {
        try {
            int size = content.readableBytes();
            byte[] prefix = new byte[Math.min(size, Frames.PREFIX_SIZE)];
            content.getBytes(content.readerIndex(), prefix);
            byte[] head = new byte[Frames.headSize(ByteString.wrap(prefix), size, limits.frames())];
            byte[] tail = new byte[size - head.length];
            content.readBytes(head).readBytes(tail);
            listener.frame(this, Frames.decode(ByteString.wrap(head), ByteString.wrap(tail), limits.frames()));
        } catch (FormatException e) {
            end(ctx, "the server sent a frame that is not well formed, " + e.getMessage());
        }
    }

    /** Sends a frame, if the connection stands. A server that does not read is given up, so that nothing piles up here. */
    void send(Frame frame) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !up || told) {
            return;
        }
        FrameParts parts = Frames.encode(frame);
        ctx.writeAndFlush(new BinaryWebSocketFrame(
                Unpooled.wrappedBuffer(parts.head().unsafeArray(), parts.tail().unsafeArray())));
        var pending = ctx.channel().unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > limits.outgoingBytes()) {
            end(ctx, "the server does not read what it is sent");
        }
    }

    /** Ends the connection. The listener hears nothing more of it. */
    void close() {
        told = true;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            if (asked) {
                end(ctx, "the server gave no sign of life");
            } else {
                asked = true;
                ctx.writeAndFlush(new PingWebSocketFrame());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tell();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(ctx, reason(cause));
        if (cause instanceof Error error) {
            throw error;
        }
    }

    /** It could not be opened. */
    void failed(Throwable cause) {
        why = reason(cause);
        tell();
    }

    private void end(ChannelHandlerContext ctx, String reason) {
        why = reason;
        ctx.close();
        tell();
    }

    private void tell() {
        if (!told) {
            told = true;
            listener.down(this, why);
        }
    }

    /** The kind of failure; the exception's own text would name addresses. */
    static String reason(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof PinnedTls.WrongPin wrong) {
                return String.valueOf(wrong.getMessage());
            }
        }
        return switch (cause) {
            case java.net.ConnectException e -> "the server could not be reached";
            case java.net.UnknownHostException e -> "the server's name is not known";
            case javax.net.ssl.SSLException e -> "TLS failed";
            case io.netty.handler.codec.TooLongFrameException e -> "the server sent a frame that is too long";
            case io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException e ->
                "the server sent a frame that is not well formed";
            default -> "the connection broke";
        };
    }
}
