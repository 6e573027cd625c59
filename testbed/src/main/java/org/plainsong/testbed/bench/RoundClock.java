package org.plainsong.testbed.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.net.DriverListener;

/**
 * Notes when each link of the chain reached the first and the last of the members. A round runs from the moment when the first member has the link before it (from
 * there on it can be submitted to) to the moment when the last member has its output.
 */
final class RoundClock {
    /** One link of the chain: an opening record is round 0. */
    record Step(long epoch, long round) {}

    private static final class Seen {
        private final long first = System.nanoTime();
        private long last;
        private int count;
    }

    private final int members;
    private final Map<Step, Seen> seen = new HashMap<>();
    private final List<Step> complete = new ArrayList<>();
    private long lastMoved = System.nanoTime();
    private String trouble = "";

    RoundClock(int members) {
        this.members = members;
    }

    /** A listener for one of the members. */
    DriverListener listener() {
        return new DriverListener() {
            private Step at = new Step(0, 0);

            @Override
            public void changed(MemberSnapshot snapshot) {
                Step now = new Step(snapshot.place().epoch(), snapshot.place().round());
                if (!now.equals(at) && now.epoch() > 0) {
                    at = now;
                    arrived(now);
                }
            }

            @Override
            public void broken(RuntimeException bug) {
                failed("a member stopped: " + bug);
            }
        };
    }

    private synchronized void arrived(Step step) {
        Seen entry = seen.computeIfAbsent(step, s -> new Seen());
        entry.count++;
        entry.last = System.nanoTime();
        lastMoved = entry.last;
        if (entry.count == members) {
            complete.add(step);
            notifyAll();
        }
    }

    private synchronized void failed(String why) {
        trouble = why;
        notifyAll();
    }

    /** What went wrong, empty if nothing. */
    synchronized String trouble() {
        return trouble;
    }

    /** Waits until so many links are complete; false if nothing moved for this long. */
    synchronized boolean awaitComplete(int links, long patienceMillis) throws InterruptedException {
        lastMoved = System.nanoTime();
        while (complete.size() < links) {
            if (!trouble.isEmpty() || (System.nanoTime() - lastMoved) / 1_000_000 > patienceMillis) {
                return false;
            }
            wait(100);
        }
        return true;
    }

    synchronized int completeCount() {
        return complete.size();
    }

    /** Milliseconds of the rounds among the complete links from this one on, each from first to have the link before to last to have its output. */
    synchronized List<Double> roundMillis(int from) {
        List<Double> millis = new ArrayList<>();
        for (int i = Math.max(1, from); i < complete.size(); i++) {
            Step step = complete.get(i);
            Seen before = seen.get(new Step(step.epoch(), step.round() - 1));
            Seen now = seen.get(step);
            if (step.round() > 0 && before != null && now != null) {
                millis.add((now.last - before.first) / 1e6);
            }
        }
        return millis;
    }

    /** Milliseconds from the last record of one epoch at everybody to the opening record of the next at everybody. */
    synchronized List<Double> setupMillis() {
        List<Double> millis = new ArrayList<>();
        for (int i = 1; i < complete.size(); i++) {
            if (complete.get(i).epoch() > complete.get(i - 1).epoch()) {
                Seen before = seen.get(complete.get(i - 1));
                Seen now = seen.get(complete.get(i));
                if (before != null && now != null) {
                    millis.add((now.last - before.last) / 1e6);
                }
            }
        }
        return millis;
    }
}
