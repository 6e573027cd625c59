package org.plainsong.server.net;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;

/** Stops reading from a connection while too much of what it sent waits to be handled, so that a fast sender fills its own buffers and not ours. */
final class InboxGate {
    private static final int EVENT_COST = 1024;

    private final Channel channel;
    private final long limit;
    private final AtomicLong waiting = new AtomicLong();

    InboxGate(Channel channel, long limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** An event of this many bytes goes into the queue; run what is returned when it has been handled. */
    Runnable enter(int bytes) {
        long cost = (long) bytes + EVENT_COST;
        if (waiting.addAndGet(cost) > limit) {
            channel.config().setAutoRead(false);
        }
        return () -> {
            long left = waiting.addAndGet(-cost);
            if (left <= limit && left + cost > limit) {
                channel.eventLoop().execute(this::resume);
            }
        };
    }

    private void resume() {
        if (waiting.get() <= limit) {
            channel.config().setAutoRead(true);
        }
    }
}
