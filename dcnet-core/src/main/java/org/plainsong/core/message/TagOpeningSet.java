package org.plainsong.core.message;

import java.util.List;

/**
 * The tag openings that a server holds at the deadline.
 *
 * @param epoch the epoch
 * @param server number
 * @param openings ascending by member, then by server
 */
public record TagOpeningSet(EpochId epoch, int server, List<Signed<TagOpening>> openings) implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "tag-opening-set";

    /** Checks the fields. */
    public TagOpeningSet {
        openings = Fields.copy(openings);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
