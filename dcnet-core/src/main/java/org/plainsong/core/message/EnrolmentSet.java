package org.plainsong.core.message;

import java.util.List;

/**
 * The enrolments that a server holds at the deadline.
 *
 * @param epoch the epoch
 * @param server number
 * @param entries ascending by member, then by hash; a member may stand twice with different hashes
 */
public record EnrolmentSet(EpochId epoch, int server, List<EnrolmentRef> entries) implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "enrolment-set";

    /** Checks the fields. */
    public EnrolmentSet {
        entries = Fields.copy(entries);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
