package org.plainsong.core.message;

import java.util.List;

/**
 * The openings that a server holds at the deadline.
 *
 * @param run the run
 * @param server number
 * @param openings ascending by member, then by index
 * @param lost declarations of lost seeds, ascending by member
 */
public record OpeningSet(RunId run, int server, List<Signed<Opening>> openings, List<Signed<LostSeed>> lost)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "opening-set";

    /** Checks the fields. */
    public OpeningSet {
        openings = Fields.copy(openings);
        lost = Fields.copy(lost);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
