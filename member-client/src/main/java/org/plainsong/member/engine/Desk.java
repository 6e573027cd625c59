package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PublicKey;

/** Where the parts of a node put down what is to happen: effects in order, alarms by name, and what goes on once something is on disk. */
final class Desk {
    /** Names of alarms; setting one anew replaces its time. */
    enum Alarm {
        /** The server chosen at the start had its moment to answer. */
        CHOOSE,
        /** The cadence's interval is over: submit. */
        SUBMIT,
        /** The server that the member is attached to has been silent for too long. */
        PATIENCE,
        /** What could not be written to disk is tried again. */
        SAVE_AGAIN
    }

    private record Pending(Runnable then, Consumer<String> failed) {}

    private final List<MemberEffect> effects = new ArrayList<>();
    private final Map<Alarm, Long> alarms = new EnumMap<>(Alarm.class);
    private final Map<Long, Pending> saving = new HashMap<>();
    private long nextTicket = 1;
    private long now;
    private long wake = Long.MAX_VALUE;
    private boolean changed;

    void begin(long nowMillis) {
        now = nowMillis;
        changed = false;
        effects.clear();
    }

    /** Everything that is to happen, with the next wake if it has changed. */
    List<MemberEffect> end() {
        long earliest = Long.MAX_VALUE;
        for (long at : alarms.values()) {
            earliest = Math.min(earliest, at);
        }
        if (earliest != wake) {
            wake = earliest;
            if (earliest != Long.MAX_VALUE) {
                effects.add(new MemberEffect.WakeAt(earliest));
            }
        }
        return List.copyOf(effects);
    }

    /** Unix milliseconds of the event in hand. */
    long now() {
        return now;
    }

    /** Something that is shown has changed. */
    void changed() {
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    void add(MemberEffect effect) {
        effects.add(effect);
    }

    void send(PublicKey server, Frame frame) {
        effects.add(new MemberEffect.ToServer(server, frame));
    }

    void notice(String kind, String text) {
        effects.add(new MemberEffect.Notice(kind, text));
    }

    /** Writes, and goes on with {@code then} once it is on disk; with {@code failed} and the reason if it cannot be. */
    void save(List<VaultRecord> records, Runnable then, Consumer<String> failed) {
        long ticket = nextTicket++;
        saving.put(ticket, new Pending(then, failed));
        effects.add(new MemberEffect.Save(records, ticket));
    }

    void saved(long ticket) {
        Pending pending = saving.remove(ticket);
        if (pending != null) {
            pending.then.run();
        }
    }

    void saveFailed(long ticket, String why) {
        Pending pending = saving.remove(ticket);
        if (pending != null) {
            pending.failed.accept(why);
        }
    }

    void alarmIn(Alarm alarm, long millis) {
        alarms.put(alarm, now + millis);
    }

    void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    boolean isSet(Alarm alarm) {
        return alarms.containsKey(alarm);
    }

    /** Alarms that are due, taken off, in a fixed order. */
    List<Alarm> takeDue() {
        // A tick has come: whatever is wanted next needs a wake of its own.
        wake = Long.MAX_VALUE;
        List<Alarm> due = new ArrayList<>();
        for (Alarm alarm : Alarm.values()) {
            Long at = alarms.get(alarm);
            if (at != null && at <= now) {
                alarms.remove(alarm);
                due.add(alarm);
            }
        }
        return due;
    }
}
