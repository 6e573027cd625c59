package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A member opens the outer layers of one of its submissions: as a complaint or when a trace ends at it (protocol §4.3).
 *
 * @param run the run
 * @param member who
 * @param index which of the k submissions
 * @param complaint true: of its own accord, because its item is missing
 * @param sets the cause that the M {@link Stopped} name: labelled hash "confirmed sets" or SHA-256 of the declaration's payload
 * @param outerSeed 32 bytes
 * @param core X_M
 */
public record Opening(
        RunId run,
        MemberId member,
        int index,
        boolean complaint,
        ByteString sets,
        ByteString outerSeed,
        ByteString core)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "opening";

    /** Checks the fields. */
    public Opening {
        Fields.atLeast("index", index, 0);
        Fields.exactly("sets", sets, 32);
        Fields.exactly("outer seed", outerSeed, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
