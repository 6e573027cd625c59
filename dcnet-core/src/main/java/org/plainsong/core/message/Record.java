package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A certified round, signed by all servers; the packet's body is the output (protocol §5.4 step 5).
 *
 * @param at the attempt
 * @param prev link before
 * @param inventories labelled hash "inventories" over the M inventory payloads
 * @param participants a byte for each enrolled member: 0 absent, else the number of the server it is attached to
 * @param expectedNext bit set over the enrolled
 * @param confirmed indexes of members whose late confirmation counts from here on, ascending
 * @param headerRoot tree root over the participants' header payloads, in member order
 * @param commitments M of 32 bytes
 * @param nonces M of 32 bytes
 * @param shareRoots M tree roots
 * @param outputRoot tree root of the output
 * @param timeMillis round time
 * @param last no round follows in this epoch
 * @param entered hashes of records that came to light late (protocol §4.2)
 * @param verdicts hashes of verdicts entered here (protocol §6)
 */
// The protocol's word for it; java.lang.Record is not used by name anywhere.
@SuppressWarnings("AvoidCommonTypeNames")
public record Record(
        AttemptId at,
        RecordHash prev,
        ByteString inventories,
        ByteString participants,
        ByteString expectedNext,
        List<Integer> confirmed,
        ByteString headerRoot,
        List<ByteString> commitments,
        List<ByteString> nonces,
        List<ByteString> shareRoots,
        ByteString outputRoot,
        long timeMillis,
        boolean last,
        List<ByteString> entered,
        List<ByteString> verdicts)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "record";

    /** Checks the fields. */
    public Record {
        commitments = Fields.copy(commitments);
        nonces = Fields.copy(nonces);
        shareRoots = Fields.copy(shareRoots);
        confirmed = Fields.copy(confirmed);
        entered = Fields.copy(entered);
        verdicts = Fields.copy(verdicts);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
