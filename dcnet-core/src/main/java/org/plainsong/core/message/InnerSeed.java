package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server reveals the seed of its inner key after every member confirmed (protocol §4.3).
 *
 * @param run the run
 * @param server number
 * @param sets labelled hash "confirmed sets" over the M confirmation-set payloads
 * @param seed 32 bytes
 * @param timeMillis the server's clock when it signs, Unix milliseconds; of the M the (M/2 rounded up)-th smallest counts for the opening record
 */
public record InnerSeed(RunId run, int server, ByteString sets, ByteString seed, long timeMillis)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "inner-seed";

    /** Checks the fields. */
    public InnerSeed {
        Fields.exactly("sets", sets, 32);
        Fields.exactly("seed", seed, 32);
        Fields.atLeast("time", timeMillis, 0);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
