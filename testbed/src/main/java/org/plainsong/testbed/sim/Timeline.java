package org.plainsong.testbed.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is due happens in the order of its time, and at one time in the order in which it was asked for. */
final class Timeline {
    /** Where the clock of every run starts, Unix milliseconds. */
    static final long START = 1_700_000_000_000L;

    private record Due(long at, long order, Runnable what) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now = START;
    private long orders;

    /** Unix milliseconds. */
    long now() {
        return now;
    }

    /** Milliseconds since the run began. */
    long elapsed() {
        return now - START;
    }

    /** Asks for something at this time, or now if it is past. */
    void at(long millis, Runnable what) {
        due.add(new Due(Math.max(now, millis), orders++, what));
    }

    /** Asks for something after this many milliseconds. */
    void in(long millis, Runnable what) {
        at(now + millis, what);
    }

    /** Goes to the next time at which something is due and does one thing; false if nothing is due any more. */
    boolean step() {
        Due next = due.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.what().run();
        return true;
    }
}
