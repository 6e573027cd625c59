package org.plainsong.testbed.sim;

import java.util.Set;

/** Something that goes wrong, when and where. Times are milliseconds since the run began. */
sealed interface Fault {
    /** When it begins. */
    long from();

    /** When it is over. */
    long until();

    /** Every message to or from this process takes so much longer. */
    record SlowLink(String process, long from, long until, int millis) implements Fault {}

    /** The connections between two processes break once. */
    record Disconnect(String one, String other, long from) implements Fault {
        @Override
        public long until() {
            return from;
        }
    }

    /**
     * These processes and all others cannot reach each other.
     *
     * @param breaks whether connections break and cannot be made anew; otherwise everything sent waits until it is over
     */
    record Partition(Set<String> side, long from, long until, boolean breaks) implements Fault {
        /** Copies the set. */
        public Partition {
            side = Set.copyOf(side);
        }

        boolean between(String one, String other) {
            return side.contains(one) != side.contains(other);
        }
    }

    /** The process is killed, and started again when this is over: memory is lost, the disk is not. */
    record Restart(String process, long from, long until) implements Fault {}

    /** All servers are killed, and started again one after the other until this is over. */
    record PowerCut(long from, long until) implements Fault {}

    /**
     * Something happens when a process has sent so many statements of one type.
     *
     * @param process who
     * @param type type string of the statement
     * @param nth which of them, from 1; what goes to several is counted for each
     * @param downMillis how long the process is down; 0 if it is not killed but the connection breaks and the statement is lost
     * @param until not after this
     */
    record AtStatement(String process, String type, int nth, long downMillis, long until) implements Fault {
        @Override
        public long from() {
            return 0;
        }
    }

    /** Each write to this process's disk takes so long. */
    record SlowDisk(String process, long from, long until, int millis) implements Fault {}

    /** Nothing can be written to this process's disk. */
    record FullDisk(String process, long from, long until) implements Fault {}

    /** This process's clock jumps by so much, and stays there. */
    record ClockJump(String process, long from, int millis) implements Fault {
        @Override
        public long until() {
            return from;
        }
    }
}
