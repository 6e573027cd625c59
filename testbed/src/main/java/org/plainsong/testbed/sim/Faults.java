package org.plainsong.testbed.sim;

import java.util.List;

/**
 * All faults of a run.
 *
 * @param plan in the order of their beginnings
 * @param leastDelay of a message, milliseconds
 * @param mostDelay of a message without a fault of its own
 * @param repeatPermille statements of a thousand that arrive twice
 */
record Faults(List<Fault> plan, int leastDelay, int mostDelay, int repeatPermille) {
    /** Copies the list. */
    Faults {
        plan = List.copyOf(plan);
    }

    /** When the last one is over, milliseconds since the run began. */
    long over() {
        long last = 0;
        for (Fault fault : plan) {
            last = Math.max(last, fault.until());
        }
        return last;
    }

    /** Whether these two cannot connect now. */
    boolean cuts(String one, String other, long now) {
        long at = now - Timeline.START;
        for (Fault fault : plan) {
            if (fault instanceof Fault.Partition p && p.breaks() && isOn(p, at) && p.between(one, other)) {
                return true;
            }
        }
        return false;
    }

    /** How long a message that leaves now takes. */
    long delay(String from, String to, long now, Dice dice) {
        long at = now - Timeline.START;
        long delay = dice.between(leastDelay, mostDelay);
        long held = 0;
        for (Fault fault : plan) {
            if (!isOn(fault, at)) {
                continue;
            }
            if (fault instanceof Fault.SlowLink slow
                    && (slow.process().equals(from) || slow.process().equals(to))) {
                delay += dice.between(0, slow.millis());
            }
            if (fault instanceof Fault.Partition p && !p.breaks() && p.between(from, to)) {
                held = Math.max(held, p.until() - at);
            }
        }
        return delay + held;
    }

    /** How long a write to this process's disk takes that begins now. */
    long diskMillis(String process, long now, Dice dice) {
        long at = now - Timeline.START;
        long millis = dice.between(0, 5);
        for (Fault fault : plan) {
            if (fault instanceof Fault.SlowDisk slow && slow.process().equals(process) && isOn(slow, at)) {
                millis += dice.between(1, slow.millis());
            }
        }
        return millis;
    }

    /** Until when nothing can be written to this process's disk, as time; 0 if it can. */
    long fullUntil(String process, long now) {
        long at = now - Timeline.START;
        for (Fault fault : plan) {
            if (fault instanceof Fault.FullDisk full && full.process().equals(process) && isOn(full, at)) {
                return Timeline.START + full.until();
            }
        }
        return 0;
    }

    /** Whether a statement arrives twice. */
    boolean repeats(Dice dice) {
        return repeatPermille > 0 && dice.chance(repeatPermille);
    }

    private static boolean isOn(Fault fault, long at) {
        return fault.from() <= at && at < fault.until();
    }
}
