package org.plainsong.testbed.sim;

import java.util.HashMap;
import java.util.Map;
import org.plainsong.core.message.Frame;

/** Faults that wait for a certain message: it is those moments in which a protocol breaks, and chance alone seldom meets them. */
final class Triggers {
    /** Kills a process for so many milliseconds. */
    interface Killer {
        void kill(String process, long millis);
    }

    private final Faults faults;
    private final Timeline time;
    private final Network network;
    private final Killer killer;
    private final Map<Fault.AtStatement, Integer> sent = new HashMap<>();

    Triggers(Faults faults, Timeline time, Network network, Killer killer) {
        this.faults = faults;
        this.time = time;
        this.network = network;
        this.killer = killer;
    }

    /** A process has just sent this, and may have more to send in the same step. */
    void sent(Endpoint process, Connection connection, Frame frame) {
        if (!(frame instanceof Frame.Statement statement)) {
            return;
        }
        for (Fault fault : faults.plan()) {
            if (fault instanceof Fault.AtStatement at
                    && at.process().equals(process.name())
                    && at.type().equals(statement.packet().statement().message().type())
                    && time.elapsed() < at.until()
                    && sent.merge(at, 1, Integer::sum) == at.nth()) {
                if (at.downMillis() == 0) {
                    network.cut(connection);
                } else if (process.isUp()) {
                    killer.kill(process.name(), at.downMillis());
                }
            }
        }
    }
}
