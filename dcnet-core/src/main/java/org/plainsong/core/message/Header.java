package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * What a member signs of its ciphertext; the packet's body is the ciphertext (protocol §5.2).
 *
 * @param at the attempt
 * @param prev latest link of the chain
 * @param layout hash of the layout
 * @param member who
 * @param ciphertextRoot tree root over 1 KiB leaves
 */
public record Header(AttemptId at, RecordHash prev, ByteString layout, MemberId member, ByteString ciphertextRoot)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "header";

    /** Checks the fields. */
    public Header {
        Fields.exactly("layout", layout, 32);
        Fields.exactly("ciphertext root", ciphertextRoot, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
