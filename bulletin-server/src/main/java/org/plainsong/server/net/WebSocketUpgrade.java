package org.plainsong.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.wire.FrameLimits;

/** Turns an HTTP connection into one that speaks frames, and puts the handlers for that in place of those for HTTP. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class WebSocketUpgrade {
    private final EdgeLimits limits;
    private final Randomness random;
    private final AtomicLong numbers;

    WebSocketUpgrade(EdgeLimits limits, Randomness random, AtomicLong numbers) {
        this.limits = limits;
        this.random = random;
        this.numbers = numbers;
    }

    static boolean isAskedFor(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && "13".equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, GroupDoor door) {
        Channel channel = ctx.channel();
        new Handshaker().handshake(channel, request).addListener(done -> {
            if (!done.isSuccess()) {
                channel.close();
            }
        });
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove(RequestDeadline.class);
        pipeline.remove(RequestRate.class);
        pipeline.remove(BodyLimit.class);
        Connection connection = new Connection(numbers.incrementAndGet(), channel, limits.outgoingBytes());
        ByteString challenge = ByteString.wrap(random.bytes(Frame.Challenge.SIZE));
        pipeline.addBefore("wsencoder", "keep-alive", new KeepAlive(TimeUnit.SECONDS.toMillis(limits.idleSeconds())));
        pipeline.addLast("session", new Welcome(door, limits, connection, challenge));
        pipeline.remove(ctx.handler());
    }

    /** Netty's handshake with our reader of messages. */
    private static final class Handshaker extends WebSocketServerHandshaker13 {
        Handshaker() {
            super("", null, WebSocketDecoderConfig.newBuilder().build());
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new Messages(true, FrameLimits.UNKNOWN_PEER);
        }
    }
}
