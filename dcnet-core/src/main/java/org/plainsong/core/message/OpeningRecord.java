package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * Round 0: opens an epoch, signed by all servers (protocol §4.1 step 6).
 *
 * @param group the group
 * @param epochNumber number
 * @param epoch id
 * @param prev as in the proposal
 * @param enrolled the enrolment set, ascending; member index = position, from 0
 * @param union SHA-256 over the enrolment payload hashes of the enrolled, in member order, 32 bytes
 * @param run the setup's shuffle
 * @param roots tree roots of L_0..L_M
 * @param confirmations labelled hash "confirmed sets"
 * @param slots slot keys, ascending; slot index = position
 * @param expected bit set over the enrolled: the confirmed members
 * @param timeMillis Unix time: the (M/2 rounded up)-th smallest of the times in the M inner seeds, or one more than the time of the record before, whichever is later
 */
public record OpeningRecord(
        GroupId group,
        long epochNumber,
        EpochId epoch,
        RecordHash prev,
        List<MemberId> enrolled,
        ByteString union,
        RunId run,
        List<ByteString> roots,
        ByteString confirmations,
        List<PublicKey> slots,
        ByteString expected,
        long timeMillis)
        implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "opening-record";

    /** Checks the fields. */
    public OpeningRecord {
        enrolled = Fields.copy(enrolled);
        roots = Fields.copy(roots);
        slots = Fields.copy(slots);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
