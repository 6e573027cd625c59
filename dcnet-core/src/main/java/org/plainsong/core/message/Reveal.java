package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server shows its share; the packet's body is the share (protocol §5.4 step 4).
 *
 * @param at the attempt
 * @param server number
 * @param commitments labelled hash "commitments" over the M commitment payloads
 * @param nonce 32 bytes
 * @param shareRoot tree root of the share
 */
public record Reveal(AttemptId at, int server, ByteString commitments, ByteString nonce, ByteString shareRoot)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "reveal";

    /** Checks the fields. */
    public Reveal {
        Fields.exactly("commitments", commitments, 32);
        Fields.exactly("nonce", nonce, 32);
        Fields.exactly("share root", shareRoot, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
