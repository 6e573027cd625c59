package org.plainsong.core.message;

import java.util.List;

/**
 * The openings that a server holds at the deadline.
 *
 * @param run the run
 * @param server number
 * @param openings ascending by member, then by index
 */
public record OpeningSet(RunId run, int server, List<Signed<Opening>> openings) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "opening-set";

    /** Checks the fields. */
    public OpeningSet {
        openings = Fields.copy(openings);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
