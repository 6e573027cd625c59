package org.plainsong.server.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.PublicKey;
import org.plainsong.server.engine.ServerSnapshot;

/**
 * What an operator is shown of one group. Numbers of people are ranges, so that a status that is passed on tells nothing of anybody's coming and going.
 *
 * @param group id in hex
 * @param name what the group is called
 * @param phase waiting, setup, rounds, halted or broken
 * @param epoch number of the epoch
 * @param round round in hand
 * @param attempt attempt in hand
 * @param entries length of the transcript
 * @param crowd range in which the number of expected members lies
 * @param connected range in which the number of connected members lies
 * @param servers number of servers of the group
 * @param peersUp numbers of the servers that are connected, this one included
 * @param waitingFor what the group waits for, empty if for nothing
 * @param lastFailure why the last attempt or setup failed, empty if none did
 * @param disk why nothing can be written, empty if it can
 * @param lastRecordMillis Unix time of the last record, 0 for none
 * @param notReady what keeps it from running rounds, empty if nothing does
 */
public record GroupStatus(
        String group,
        String name,
        String phase,
        long epoch,
        long round,
        int attempt,
        long entries,
        String crowd,
        String connected,
        int servers,
        List<Integer> peersUp,
        String waitingFor,
        String lastFailure,
        String disk,
        long lastRecordMillis,
        List<String> notReady) {
    /** Copies the lists. */
    public GroupStatus {
        peersUp = List.copyOf(peersUp);
        notReady = List.copyOf(notReady);
    }

    /** Puts it together. */
    static GroupStatus of(
            Roster now,
            PublicKey self,
            Optional<ServerSnapshot> shown,
            long entries,
            Optional<String> broken,
            Optional<String> disk) {
        String phase = shown.map(s -> s.phase().name().toLowerCase(Locale.ROOT)).orElse("waiting");
        return new GroupStatus(
                now.groupId().value().hex(),
                now.definition().name(),
                broken.isPresent() ? "broken" : phase,
                shown.map(ServerSnapshot::epoch).orElse(0L),
                shown.map(ServerSnapshot::round).orElse(0L),
                shown.map(ServerSnapshot::attempt).orElse(0),
                entries,
                range(shown.map(ServerSnapshot::expected).orElse(0)),
                range(shown.map(ServerSnapshot::connected).orElse(0)),
                now.serverCount(),
                shown.map(ServerSnapshot::peersUp).orElse(List.of()),
                shown.flatMap(ServerSnapshot::waitingFor).orElse(""),
                shown.flatMap(ServerSnapshot::lastFailure).orElse(""),
                disk.orElse(""),
                shown.map(ServerSnapshot::lastRecordMillis).orElse(0L),
                missing(now, self, shown, broken, disk));
    }

    private static List<String> missing(
            Roster now,
            PublicKey self,
            Optional<ServerSnapshot> shown,
            Optional<String> broken,
            Optional<String> disk) {
        List<String> missing = new ArrayList<>();
        broken.ifPresent(missing::add);
        disk.ifPresent(reason -> missing.add("disk: " + reason));
        List<Integer> up = shown.map(ServerSnapshot::peersUp).orElse(List.of());
        for (int number = 1; number <= now.serverCount(); number++) {
            if (!up.contains(number) && !now.server(number).key().equals(self)) {
                missing.add("server " + number + " is not connected");
            }
        }
        if (shown.map(ServerSnapshot::phase).orElse(ServerSnapshot.Phase.WAITING) != ServerSnapshot.Phase.ROUNDS) {
            missing.add("no epoch runs");
        }
        return missing;
    }

    /** The range of doubling widths in which a number of people lies: 0, 1–3, 4–7, 8–15 … */
    static String range(int people) {
        if (people <= 0) {
            return "0";
        }
        int low = Integer.highestOneBit(people);
        return low < 4 ? "1-3" : low + "-" + (2 * low - 1);
    }
}
