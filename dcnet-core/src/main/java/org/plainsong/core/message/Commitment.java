package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server's word for its share before it is shown (protocol §5.4 step 3).
 *
 * @param at the attempt
 * @param server number
 * @param clear A
 * @param timeMillis the server's clock, Unix milliseconds
 * @param commitment hash over A, nonce and share
 */
public record Commitment(AttemptId at, int server, ByteString clear, long timeMillis, ByteString commitment)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "commitment";

    /** Checks the fields. */
    public Commitment {
        Fields.exactly("clear", clear, 32);
        Fields.exactly("commitment", commitment, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
