package org.plainsong.server.net;

/** Allows so many a second on average, ten seconds' worth at once. Not safe for several threads. */
final class TokenBucket {
    private static final double BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long lastNanos;

    TokenBucket(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond * BURST_SECONDS;
        this.lastNanos = nowNanos;
    }

    /** Takes one; true if there was one. */
    boolean take(long nowNanos) {
        refill(nowNanos);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Takes one in any case, and says for how many nanoseconds to take no more: 0 if there was one. */
    long takeAndWait(long nowNanos) {
        refill(nowNanos);
        tokens -= 1;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS);
    }

    /** Whether nothing has been taken for so long that the bucket is as good as new. */
    boolean isFull(long nowNanos) {
        refill(nowNanos);
        return tokens >= perSecond * BURST_SECONDS;
    }

    private void refill(long nowNanos) {
        tokens = Math.min(perSecond * BURST_SECONDS, tokens + Math.max(0, nowNanos - lastNanos) / NANOS * perSecond);
        lastNanos = nowNanos;
    }
}
