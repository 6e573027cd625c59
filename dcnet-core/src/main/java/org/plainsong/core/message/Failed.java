package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server gives up an attempt; M of them make the failed record (protocol §4.2, §5.4).
 *
 * @param at the attempt; round 0 for the setup
 * @param prev link before
 * @param server number
 * @param inventories labelled hash "inventories", empty if the signer did not hold all M
 * @param participants as in a record, empty with inventories
 * @param expectedNext bit set, as it follows from the inventories; empty with inventories
 * @param revealed whether the signer has revealed its share
 */
public record Failed(
        AttemptId at,
        RecordHash prev,
        int server,
        ByteString inventories,
        ByteString participants,
        ByteString expectedNext,
        boolean revealed)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "failed";

    /** Checks the fields. */
    public Failed {}

    @Override
    public String type() {
        return TYPE;
    }
}
