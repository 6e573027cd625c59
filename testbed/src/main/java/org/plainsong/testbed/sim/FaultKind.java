package org.plainsong.testbed.sim;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What may go wrong in a run. */
enum FaultKind {
    /** Messages take long, and overtake each other across connections. */
    DELAY,
    /** Statements arrive twice. */
    REPEAT,
    /** Connections break. */
    DISCONNECT,
    /** Some processes are cut off from the others for a while. */
    PARTITION,
    /** A server's process is killed and started again. */
    SERVER_RESTART,
    /** A member's process is killed and started again. */
    MEMBER_RESTART,
    /** A server's disk is slow. */
    SLOW_DISK,
    /** A server's disk is full for a while. */
    FULL_DISK,
    /** A process's clock jumps. */
    CLOCK,
    /** A process is killed in the middle of a step, between two of the messages that it sends. */
    KILL_IN_STEP,
    /** A connection breaks at one message, which is lost. */
    LOST_MESSAGE,
    /** All servers are killed at one time. */
    POWER_CUT;

    /** Everything. */
    static Set<FaultKind> all() {
        return EnumSet.allOf(FaultKind.class);
    }

    /** Name on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
