package org.plainsong.server.engine;

/** Tells when the number of members that are there has stopped growing, so that an epoch is not begun while they are still coming in. */
final class Settling {
    private final long quiet;
    private int count = -1;
    private long since;

    Settling(long quietMillis) {
        this.quiet = quietMillis;
    }

    /** Milliseconds until it counts as settled; 0 if it does now. */
    long remaining(int present, long now) {
        if (present != count) {
            count = present;
            since = now;
        }
        return Math.max(0, since + quiet - now);
    }
}
