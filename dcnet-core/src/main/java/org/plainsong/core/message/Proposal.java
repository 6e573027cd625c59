package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * Proposes an epoch, signed by server (number mod M) + 1 (protocol §4.1).
 *
 * @param group the group
 * @param epoch number of the epoch, from 1, used once
 * @param roster hash of the last roster entry, the group id if there is none
 * @param eligible ascending
 * @param prev the last link that counts; the group id before the first epoch
 */
public record Proposal(GroupId group, long epoch, ByteString roster, List<MemberId> eligible, RecordHash prev)
        implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "proposal";

    /** Checks the fields. */
    public Proposal {
        eligible = Fields.copy(eligible);
        Fields.exactly("roster", roster, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
