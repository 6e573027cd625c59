package org.plainsong.core.transcript;

import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.RoundPlan;
import org.plainsong.core.slot.RoundReading;

/**
 * A certified round as everybody sees it (protocol §5.4 step 5).
 *
 * @param before the epoch as it stood before this record: layout, expected and link that its attempt rested on
 * @param record the record
 * @param hash the record's hash, the link of what follows
 * @param output the XOR of all shares
 * @param reading what stands in the slots
 */
public record RoundView(
        EpochView before, Signed<Record> record, RecordHash hash, ByteString output, RoundReading reading) {
    /** Number of participants. */
    public int participants() {
        return BitSets.count(participantBits());
    }

    /** Bit set over the enrolled: the participants. */
    public ByteString participantBits() {
        return RoundPlan.participantBits(record.message().participants());
    }
}
