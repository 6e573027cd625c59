package org.plainsong.server.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that does not bring a whole request in the time allowed, counted from its start and again from each answer: who sends one byte a second
 * holds a place no longer than who sends none. An answer may take as long as a slow line needs for it. Sits behind the decoder, so that it sees requests and answers.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class RequestDeadline extends ChannelDuplexHandler {
    private static final long SLOWEST_BYTES_PER_SECOND = 16_384;

    private final long seconds;
    private @Nullable ScheduledFuture<?> deadline;

    RequestDeadline(long seconds) {
        this.seconds = seconds;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        start(ctx, seconds);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (received instanceof LastHttpContent) {
            stop();
        }
        ctx.fireChannelRead(received);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object sent, ChannelPromise promise) {
        if (sent instanceof LastHttpContent last) {
            start(ctx, seconds + last.content().readableBytes() / SLOWEST_BYTES_PER_SECOND);
            ctx.write(sent, promise.unvoid().addListener(written -> start(ctx, seconds)));
        } else {
            ctx.write(sent, promise);
        }
    }

    private void start(ChannelHandlerContext ctx, long allowed) {
        stop();
        if (!ctx.isRemoved()) {
            deadline = ctx.executor().schedule(() -> ctx.close(), allowed, TimeUnit.SECONDS);
        }
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
