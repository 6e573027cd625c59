package org.plainsong.server.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Answers so many requests a second for each address, and the rest with 429. */
@ChannelHandler.Sharable
final class RequestRate extends ChannelInboundHandlerAdapter {
    private static final int MAX_ADDRESSES = 100_000;

    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<Address, TokenBucket> buckets = new HashMap<>();

    RequestRate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (received instanceof HttpRequest && !allowed(Address.of(ctx.channel().remoteAddress()))) {
            io.netty.util.ReferenceCountUtil.release(received);
            ctx.pipeline().remove(this);
            HttpProblem.TOO_MANY_REQUESTS.sendAndClose(ctx);
        } else {
            ctx.fireChannelRead(received);
        }
    }

    private synchronized boolean allowed(Address address) {
        if (address.local()) {
            return true;
        }
        long now = nanos.getAsLong();
        if (buckets.size() >= MAX_ADDRESSES) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        if (buckets.size() >= MAX_ADDRESSES && !buckets.containsKey(address)) {
            return false;
        }
        return buckets.computeIfAbsent(address, key -> new TokenBucket(perSecond, now))
                .take(now);
    }
}
