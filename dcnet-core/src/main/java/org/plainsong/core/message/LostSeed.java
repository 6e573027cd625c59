package org.plainsong.core.message;

/**
 * A member says that it has lost the seed it is asked for (protocol §4.3).
 *
 * @param run the run
 * @param member who
 */
public record LostSeed(RunId run, MemberId member) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "lost-seed";

    /** Checks the fields. */
    public LostSeed {}

    @Override
    public String type() {
        return TYPE;
    }
}
