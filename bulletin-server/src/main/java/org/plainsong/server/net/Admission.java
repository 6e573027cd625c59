package org.plainsong.server.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in as many connections as there is room for, in all and from one address; the others are closed before they cost a handshake. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
@ChannelHandler.Sharable
final class Admission extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Boolean> ADMITTED = AttributeKey.valueOf(Admission.class, "admitted");

    private final int total;
    private final AddressCounts perAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Admission(int total, int perAddress) {
        this.total = total;
        this.perAddress = new AddressCounts(perAddress);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Address address = Address.of(ctx.channel().remoteAddress());
        if (open.incrementAndGet() > total) {
            open.decrementAndGet();
            refuse(ctx);
        } else if (!perAddress.enter(address)) {
            open.decrementAndGet();
            refuse(ctx);
        } else {
            ctx.channel().attr(ADMITTED).set(true);
            ctx.channel().closeFuture().addListener(closed -> {
                open.decrementAndGet();
                perAddress.leave(address);
            });
            ctx.fireChannelActive();
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        refused.incrementAndGet();
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (ctx.channel().attr(ADMITTED).get() == null) {
            io.netty.util.ReferenceCountUtil.release(received);
        } else {
            ctx.fireChannelRead(received);
        }
    }

    /** Connections that are open now. */
    int open() {
        return open.get();
    }

    /** Connections that were turned away since the start. */
    int refused() {
        return refused.get();
    }
}
