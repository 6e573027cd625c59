package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server reveals the seed of its inner key after every member confirmed (protocol §4.3).
 *
 * @param run the run
 * @param server number
 * @param sets labelled hash "confirmed sets" over the M confirmation-set payloads
 * @param seed 32 bytes
 */
public record InnerSeed(RunId run, int server, ByteString sets, ByteString seed) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "inner-seed";

    /** Checks the fields. */
    public InnerSeed {
        Fields.exactly("sets", sets, 32);
        Fields.exactly("seed", seed, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
