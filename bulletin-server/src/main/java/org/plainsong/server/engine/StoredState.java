package org.plainsong.server.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;

/**
 * What a server finds on its disk when it starts. Epoch secrets are never among it (protocol §4).
 *
 * @param entries the transcript from its first entry (the group definition), read once in order
 * @param heldRoster roster entries beyond those in the transcript, in order
 * @param epochNumberUsed highest epoch number under which something was signed, 0 for none
 * @param signed statements written before they were sent, by key
 * @param pendingRecord a record that was signed and whose signatures were not complete
 */
public record StoredState(
        Iterable<Entry> entries,
        List<Signed<RosterEntry>> heldRoster,
        long epochNumberUsed,
        Map<String, ByteString> signed,
        Optional<Entry> pendingRecord) {
    /** Copies the collections. */
    public StoredState {
        heldRoster = List.copyOf(heldRoster);
        signed = Map.copyOf(signed);
    }

    /** The state of a server that hosts the group from now on. */
    public static StoredState fresh(Entry definition) {
        return new StoredState(List.of(definition), List.of(), 0, Map.of(), Optional.empty());
    }
}
