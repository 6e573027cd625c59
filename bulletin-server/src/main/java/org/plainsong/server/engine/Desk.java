package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a node put down what is to happen: effects in order, alarms by name, and what goes on once something is on disk. Lives for the node's
 * life; the node clears the effects at the start of each event.
 */
final class Desk {
    /** Names of alarms; setting one anew replaces its time. */
    enum Alarm {
        /** A phase deadline of the setup. */
        SETUP,
        /** When the window of the attempt in hand closes. */
        WINDOW,
        /** A phase deadline of the agreement. */
        PHASE,
        /** When a setup may be proposed or is given up waiting for. */
        SUCCESSION,
        /** When to ask again for what is missing. */
        ASK
    }

    private final List<ServerEffect> effects = new ArrayList<>();
    private final Map<Alarm, Long> alarms = new EnumMap<>(Alarm.class);
    private final Map<Long, Runnable> onStored = new HashMap<>();
    private long nextTicket = 1;
    private long now;
    private long wake = Long.MAX_VALUE;

    /** Begins an event at this time. */
    void begin(long nowMillis) {
        now = nowMillis;
        effects.clear();
    }

    /** Ends it: everything that is to happen, with the next wake if it has changed. */
    List<ServerEffect> end() {
        long earliest = Long.MAX_VALUE;
        for (long at : alarms.values()) {
            earliest = Math.min(earliest, at);
        }
        if (earliest != wake) {
            wake = earliest;
            if (earliest != Long.MAX_VALUE) {
                effects.add(new ServerEffect.WakeAt(earliest));
            }
        }
        return List.copyOf(effects);
    }

    /** Unix milliseconds of the event in hand. */
    long now() {
        return now;
    }

    void add(ServerEffect effect) {
        effects.add(effect);
    }

    void info(String text) {
        effects.add(new ServerEffect.Notice(ServerEffect.Level.INFO, text));
    }

    void warn(String text) {
        effects.add(new ServerEffect.Notice(ServerEffect.Level.WARN, text));
    }

    /** Writes, and goes on with {@code then} once it is on disk. */
    void store(StoreWrite write, Runnable then) {
        long ticket = nextTicket++;
        onStored.put(ticket, then);
        effects.add(new ServerEffect.Store(write, ticket));
    }

    /** The driver's word that a write is on disk. */
    void stored(long ticket) {
        Runnable then = onStored.remove(ticket);
        if (then != null) {
            then.run();
        }
    }

    /** Whether something is being written. */
    boolean writing() {
        return !onStored.isEmpty();
    }

    void alarmIn(Alarm alarm, long millis) {
        alarms.put(alarm, now + millis);
    }

    void alarmAt(Alarm alarm, long at) {
        alarms.put(alarm, at);
    }

    void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    boolean isSet(Alarm alarm) {
        return alarms.containsKey(alarm);
    }

    /** The next alarm that is due, taken off; null if none is. */
    @Nullable
    Alarm due() {
        Alarm first = null;
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<Alarm, Long> entry : alarms.entrySet()) {
            long at = entry.getValue();
            if (at <= now && (first == null || at < earliest)) {
                first = entry.getKey();
                earliest = at;
            }
        }
        if (first != null) {
            alarms.remove(first);
        }
        // An alarm that was due has been spent: whatever is set next needs a wake of its own.
        wake = Long.MAX_VALUE;
        return first;
    }
}
