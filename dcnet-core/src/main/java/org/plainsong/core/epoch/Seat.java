package org.plainsong.core.epoch;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;

/**
 * A member's place in an open epoch; in memory only.
 *
 * @param record the opening record with all M signatures
 * @param index own position among the enrolled
 * @param names own slots, ascending by slot
 * @param pads K_ij with each server, by number
 * @param confirmed whether the record counts this member as confirmed; if not, it may still confirm late
 * @param run the setup's shuffle
 * @param chain the chain this member confirmed, empty if it has seen none
 */
public record Seat(
        Signed<OpeningRecord> record,
        int index,
        List<Name> names,
        List<Secret> pads,
        boolean confirmed,
        RunId run,
        ByteString chain) {
    /** Copies the lists. */
    public Seat {
        names = List.copyOf(names);
        pads = List.copyOf(pads);
    }

    /**
     * One of the k names of the epoch.
     *
     * @param slot position in the record's slots
     * @param key signs that slot's frames
     */
    public record Name(int slot, Ed25519.SigningKey key) {}
}
