package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A server has every enrolment of the union and says whose tags do not fit (protocol §4.1 step 4).
 *
 * @param epoch the epoch
 * @param server number
 * @param union SHA-256 over the enrolment payload hashes of the union, in member order, 32 bytes
 * @param complaints members whose tag for this server is wrong, ascending
 */
public record EnrolmentCheck(EpochId epoch, int server, ByteString union, List<MemberId> complaints)
        implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "enrolment-check";

    /** Checks the fields. */
    public EnrolmentCheck {
        Fields.exactly("union", union, 32);
        complaints = Fields.copy(complaints);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
