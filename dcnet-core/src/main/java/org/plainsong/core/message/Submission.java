package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * One item of one member for a run that is not an epoch's setup (accusations, protocol §6); in a setup the items stand in the {@link Enrolment}.
 *
 * @param run the run
 * @param member who
 * @param index which of its items, from 0
 * @param item X_0
 */
public record Submission(RunId run, MemberId member, int index, ByteString item) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "submission";

    /** Checks the fields. */
    public Submission {
        Fields.atLeast("index", index, 0);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
