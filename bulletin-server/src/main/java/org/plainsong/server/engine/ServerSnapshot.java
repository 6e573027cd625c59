package org.plainsong.server.engine;

import java.util.List;
import java.util.Optional;

/**
 * What an operator sees of a group; no member can be told from it.
 *
 * @param phase what the group does now
 * @param epoch number of the running epoch or of the setup under way, 0 before the first
 * @param round round of the attempt in hand, 0 in setup
 * @param attempt attempt in hand
 * @param entries transcript entries held
 * @param expected members expected in the attempt in hand
 * @param connected members connected here
 * @param peersUp numbers of the servers that are connected, this one included
 * @param waitingFor whom or what the group waits for, if it waits
 * @param lastFailure why the last attempt or setup failed, if one did
 * @param lastRecordMillis time of the last record, 0 for none
 */
public record ServerSnapshot(
        Phase phase,
        long epoch,
        long round,
        int attempt,
        long entries,
        int expected,
        int connected,
        List<Integer> peersUp,
        Optional<String> waitingFor,
        Optional<String> lastFailure,
        long lastRecordMillis) {
    /** Copies the list. */
    public ServerSnapshot {
        peersUp = List.copyOf(peersUp);
    }

    /** What a group does. */
    public enum Phase {
        /** Waits for servers or members before an epoch can be made. */
        WAITING,
        /** Makes an epoch. */
        SETUP,
        /** Runs rounds. */
        ROUNDS,
        /** A server was convicted or the disk is full: stands still until somebody acts. */
        HALTED
    }
}
