package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * Asks a silent connection whether it lives, and closes it if it stays silent as long again: half-open connections end here. Sits before the reader of
 * messages, so that every byte counts as a sign of life.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class KeepAlive extends IdleStateHandler {
    private boolean asked;

    KeepAlive(long idleMillis) {
        super(idleMillis, 0, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) throws Exception {
        asked = false;
        super.channelRead(ctx, received);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        if (event.state() != IdleState.READER_IDLE) {
            return;
        }
        if (asked) {
            ctx.close();
        } else {
            asked = true;
            ctx.channel().writeAndFlush(new PingWebSocketFrame());
        }
    }
}
