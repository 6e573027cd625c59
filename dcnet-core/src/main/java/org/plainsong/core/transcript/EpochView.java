package org.plainsong.core.transcript;

import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.slot.Layout;

/**
 * An open epoch after some number of attempts: all that the next attempt rests on (protocol §5).
 *
 * @param opened what does not change in the epoch
 * @param prev the last link: hash of the opening record, of a record or of a failed record
 * @param next the attempt to come
 * @param confirmed bit set over the enrolled: who may take part and counts for the floor
 * @param expected bit set over the enrolled: the expected of the attempt to come (protocol §5.5)
 * @param layout the layout of the round to come
 * @param ended whether the last record was the epoch's last: no attempt follows
 */
public record EpochView(
        OpenedEpoch opened,
        RecordHash prev,
        AttemptId next,
        ByteString confirmed,
        ByteString expected,
        Layout layout,
        boolean ended) {

    /** The epoch right after its opening record. */
    static EpochView opening(OpenedEpoch opened) {
        ByteString confirmed = opened.opening().message().expected();
        return new EpochView(
                opened,
                opened.link(),
                new AttemptId(opened.id(), 1, 0),
                confirmed,
                confirmed,
                Layout.first(opened.id(), opened.slots().size()),
                false);
    }

    /** Number of servers, M. */
    public int serverCount() {
        return opened.roster().serverCount();
    }

    /** Number of enrolled members. */
    public int enrolledCount() {
        return opened.enrolled().size();
    }

    /** Whether the enrolled member with this index is confirmed. */
    public boolean isConfirmed(int index) {
        return BitSets.contains(confirmed, index);
    }

    /** Whether the enrolled member with this index is expected in the attempt to come. */
    public boolean isExpected(int index) {
        return BitSets.contains(expected, index);
    }
}
