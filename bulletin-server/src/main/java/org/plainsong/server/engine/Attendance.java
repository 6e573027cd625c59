package org.plainsong.server.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.MemberId;

/** Which members are connected here, over which connections, and which of them submit here. */
final class Attendance {
    private final Map<MemberId, Map<Long, Boolean>> connections = new TreeMap<>();
    private final Map<MemberId, Long> waitingSince = new HashMap<>();

    void up(MemberId member, long connection, boolean submits, long now) {
        connections.computeIfAbsent(member, m -> new TreeMap<>()).put(connection, submits);
        if (submits) {
            waitingSince.put(member, now);
        }
    }

    void down(MemberId member, long connection) {
        Map<Long, Boolean> open = connections.get(member);
        if (open == null) {
            return;
        }
        open.remove(connection);
        if (open.isEmpty()) {
            connections.remove(member);
            waitingSince.remove(member);
        }
    }

    /** Members with any connection, ascending. */
    SortedSet<MemberId> present() {
        return new TreeSet<>(connections.keySet());
    }

    /** Members that submit here, ascending. */
    SortedSet<MemberId> submitting() {
        SortedSet<MemberId> here = new TreeSet<>();
        connections.forEach((member, open) -> {
            if (open.containsValue(true)) {
                here.add(member);
            }
        });
        return here;
    }

    int count() {
        return connections.size();
    }

    boolean isPresent(MemberId member) {
        return connections.containsKey(member);
    }

    /** A connection of the member, the one it submits on if there is one; null if it is not here. */
    @Nullable
    Long connectionOf(MemberId member) {
        Map<Long, Boolean> open = connections.get(member);
        if (open == null) {
            return null;
        }
        Long any = null;
        for (Map.Entry<Long, Boolean> entry : open.entrySet()) {
            any = entry.getKey();
            if (entry.getValue()) {
                return any;
            }
        }
        return any;
    }

    /** The member has shown that it takes part in the running epoch. */
    void takesPart(MemberId member) {
        waitingSince.remove(member);
    }

    /** An epoch has begun: whoever is here is asked anew to show that it takes part. */
    void epochBegan(long now) {
        for (Map.Entry<MemberId, Map<Long, Boolean>> entry : connections.entrySet()) {
            if (entry.getValue().containsValue(true)) {
                waitingSince.put(entry.getKey(), now);
            }
        }
    }

    /** Whether some member that submits here has for this long shown no part in the epoch: it waits to join. */
    boolean someoneWaits(long now, long patience) {
        for (long since : waitingSince.values()) {
            if (now - since >= patience) {
                return true;
            }
        }
        return false;
    }
}
