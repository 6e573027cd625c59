package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server's hop of a shuffle: it opened every item of the list before (protocol §4.3); the packet's body is the list: for
 * each item its length in 4 bytes, then its bytes.
 *
 * @param run the run
 * @param server h
 * @param in tree root of L_{h-1}, 32 bytes
 * @param out tree root of L_h, 32 bytes
 */
public record Hop(RunId run, int server, ByteString in, ByteString out) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "hop";

    /** Checks the fields. */
    public Hop {
        Fields.exactly("in", in, 32);
        Fields.exactly("out", out, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
