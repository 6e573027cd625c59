package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A statement as it travels: the signed part and, beside it, the large bytes that it names by hash (ciphertext of a header, share of a reveal, list of a hop,
 * output of a record); empty where there are none.
 */
public record Packet<M extends Message>(Signed<M> statement, ByteString body) {
    /** A statement without a body. */
    public static <M extends Message> Packet<M> of(Signed<M> statement) {
        return new Packet<>(statement, ByteString.EMPTY);
    }
}
