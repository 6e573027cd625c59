package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;

/** Carries frames between processes: late, in any order across connections, sometimes twice, and not at all where a fault says so. */
final class Network {
    private static final int STATEMENT = 0x02;
    private static final int MOST_CLOSE_DELAY = 30;

    private final Timeline time;
    private final Faults faults;
    private final Dice dice;
    private final Trace trace;
    private final List<Connection> connections = new ArrayList<>();
    private long numbers;

    Network(Timeline time, Faults faults, Dice dice, Trace trace) {
        this.time = time;
        this.faults = faults;
        this.dice = dice;
        this.trace = trace;
    }

    /** Asks for a connection; the dialer hears what came of it. */
    Connection dial(Endpoint from, Endpoint to) {
        Connection connection = new Connection(++numbers, from, to);
        time.in(delay(from, to), () -> {
            if (!from.isUp()) {
                return;
            }
            if (!to.isUp() || faults.cuts(from.name(), to.name(), time.now())) {
                from.refused(connection);
                return;
            }
            connection.established();
            connections.add(connection);
            to.accepted(connection);
            if (connection.holds(from)) {
                from.connected(connection);
            }
        });
        return connection;
    }

    /** Sends a frame; nothing happens on a connection that this side no longer holds. */
    void send(Connection connection, Endpoint from, ByteString frame) {
        if (!connection.holds(from)) {
            return;
        }
        Endpoint to = connection.otherThan(from);
        deliver(connection, from, to, frame);
        if (frame.at(0) == STATEMENT && faults.repeats(dice)) {
            deliver(connection, from, to, frame);
        }
    }

    private void deliver(Connection connection, Endpoint from, Endpoint to, ByteString frame) {
        long arrival = connection.inOrder(to, time.now() + delay(from, to));
        time.at(arrival, () -> {
            if (connection.holds(to)) {
                trace.bytes(from.name(), to.name(), frame);
                to.received(connection, frame);
            }
        });
    }

    private long delay(Endpoint from, Endpoint to) {
        return faults.delay(from.name(), to.name(), time.now(), dice);
    }

    /** This side closes it: what it sent still arrives, then the other side hears of it. */
    void close(Connection connection, Endpoint by) {
        if (!connection.release(by)) {
            return;
        }
        Endpoint other = connection.otherThan(by);
        tell(connection, other, connection.inOrder(other, time.now() + delay(by, other)));
    }

    /** The process has died: the others notice after a moment. */
    void died(Endpoint process) {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.dialer.equals(process) || connection.listener.equals(process)) {
                connection.release(process);
                tell(connection, connection.otherThan(process), time.now() + dice.between(1, MOST_CLOSE_DELAY));
            }
        }
        connections.removeIf(Connection::isOver);
    }

    /** Connections between these two break; what is on the way is lost. */
    void sever(String one, String other) {
        for (Connection connection : List.copyOf(connections)) {
            String a = connection.dialer.name();
            String b = connection.listener.name();
            if ((a.equals(one) && b.equals(other)) || (a.equals(other) && b.equals(one))) {
                tell(connection, connection.dialer, time.now() + dice.between(0, MOST_CLOSE_DELAY));
                tell(connection, connection.listener, time.now() + dice.between(0, MOST_CLOSE_DELAY));
            }
        }
    }

    /** This connection breaks now; what is on the way is lost. */
    void cut(Connection connection) {
        tell(connection, connection.dialer, time.now());
        tell(connection, connection.listener, time.now());
    }

    private void tell(Connection connection, Endpoint side, long when) {
        time.at(when, () -> {
            if (connection.release(side)) {
                side.closed(connection);
            }
            if (connection.isOver()) {
                connections.remove(connection);
            }
        });
    }
}
