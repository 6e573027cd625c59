package org.plainsong.testbed.sim;

/**
 * A connection as TCP gives it: bytes of one direction arrive in order or not at all. Each side has its own view of whether it stands.
 */
final class Connection {
    final long number;
    final Endpoint dialer;
    final Endpoint listener;
    private boolean dialerHolds;
    private boolean listenerHolds;
    private long lastToDialer;
    private long lastToListener;

    Connection(long number, Endpoint dialer, Endpoint listener) {
        this.number = number;
        this.dialer = dialer;
        this.listener = listener;
    }

    Endpoint otherThan(Endpoint side) {
        return side.equals(dialer) ? listener : dialer;
    }

    void established() {
        dialerHolds = true;
        listenerHolds = true;
    }

    /** Whether this side still takes part. */
    boolean holds(Endpoint side) {
        return side.equals(dialer) ? dialerHolds : listenerHolds;
    }

    /** This side is done with it; true if it was not before. */
    boolean release(Endpoint side) {
        boolean held = holds(side);
        if (side.equals(dialer)) {
            dialerHolds = false;
        } else {
            listenerHolds = false;
        }
        return held;
    }

    boolean isOver() {
        return !dialerHolds && !listenerHolds;
    }

    /** When something that could arrive at this time does arrive, behind all that went before in this direction. */
    long inOrder(Endpoint to, long arrival) {
        if (to.equals(dialer)) {
            lastToDialer = Math.max(lastToDialer, arrival);
            return lastToDialer;
        }
        lastToListener = Math.max(lastToListener, arrival);
        return lastToListener;
    }
}
