package org.plainsong.server.hosting;

import java.util.function.LongSupplier;

/**
 * Unix time that never jumps. It starts with the machine's clock and runs with its uptime; when the machine's clock is set, it follows at one part in a
 * thousand, so that no deadline of a round is skipped or stalled by it. Used by one thread.
 */
public final class SteadyClock implements LongSupplier {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FOLLOWS = 1000;

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private long lastNanos;
    private double millis;

    /**
     * A clock.
     *
     * @param wallMillis the machine's clock
     * @param nanos the machine's uptime
     */
    public SteadyClock(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
        this.millis = wallMillis.getAsLong();
    }

    /** Unix time in milliseconds, not before any that was given. */
    @Override
    public long getAsLong() {
        long now = nanos.getAsLong();
        double passed = (double) (now - lastNanos) / NANOS_PER_MILLI;
        lastNanos = now;
        double behind = wallMillis.getAsLong() - (millis + passed);
        double correction = Math.max(-passed / FOLLOWS, Math.min(passed / FOLLOWS, behind));
        millis += passed + correction;
        return (long) millis;
    }

    /** Milliseconds by which the machine's clock is ahead of this one. */
    public long behind() {
        return wallMillis.getAsLong() - (long) millis;
    }
}
