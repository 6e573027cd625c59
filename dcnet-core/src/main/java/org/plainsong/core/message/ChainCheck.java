package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server holds all M lists of a run and they form this chain; only when all M say the same do members see it (protocol §4.3 confirm).
 *
 * @param run the run
 * @param server number
 * @param chain labelled hash "chain" over the M hop payloads
 */
public record ChainCheck(RunId run, int server, ByteString chain) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "chain-check";

    /** Checks the fields. */
    public ChainCheck {
        Fields.exactly("chain", chain, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
