package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.plainsong.core.message.Frame;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;

/** What every conversation in frames has in common: bytes become a frame or a named problem. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
abstract class Session extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    final Connection connection() {
        return connection;
    }

    /** Takes a frame; a problem ends the conversation. */
    abstract Optional<Frame.Problem> take(ChannelHandlerContext ctx, Frame frame, int bytes);

    /** The connection is gone. */
    abstract void gone();

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object received) {
        if (received instanceof FormatException e) {
            connection.refuse(Problems.badFrame(e));
        } else if (received instanceof Received message && connection.isOpen()) {
            frame(ctx, message);
        } else {
            ReferenceCountUtil.release(received);
        }
    }

    private void frame(ChannelHandlerContext ctx, Received message) {
        try {
            FrameLimits limits = ctx.pipeline().get(Messages.class).limits();
            Frame frame = Frames.decode(message.head(), message.tail(), limits);
            take(ctx, frame, message.size()).ifPresent(connection::refuse);
        } catch (FormatException e) {
            connection.refuse(Problems.badFrame(e));
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof IdleStateEvent idle) || idle.state() != IdleState.READER_IDLE) {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Whatever goes wrong on a connection ends this connection and nothing else; TLS and the network report it by closing. */
    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.close();
        if (cause instanceof Error error) {
            throw error;
        }
    }
}
