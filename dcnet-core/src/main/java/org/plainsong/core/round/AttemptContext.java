package org.plainsong.core.round;

import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.slot.Layout;

/**
 * What is public of one attempt before it begins; follows from the chain alone.
 *
 * @param epoch the epoch's
 * @param at the attempt
 * @param prev hash of the latest link
 * @param layout the round's
 * @param confirmed bit set over the enrolled: those that have confirmed
 * @param expected bit set: those that the floor is counted from (protocol §5.5)
 * @param lastTimeMillis time of the last record
 */
public record AttemptContext(
        EpochContext epoch,
        AttemptId at,
        RecordHash prev,
        Layout layout,
        ByteString confirmed,
        ByteString expected,
        long lastTimeMillis) {
    /** Checks that the parts fit together. */
    public AttemptContext {
        int members = epoch.memberCount();
        if (!at.epoch().equals(epoch.epoch())
                || at.round() != layout.round()
                || !BitSets.isOver(confirmed, members)
                || !BitSets.isOver(expected, members)) {
            throw new IllegalStateException("attempt " + at + " does not fit " + layout + " and " + members
                    + " members with sets of " + confirmed.size() + " and " + expected.size() + " bytes");
        }
    }
}
