package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** An Ed25519 public key: of a member, server, admin or slot. It is the signer id of an envelope (protocol §2). */
public record PublicKey(ByteString value) implements Comparable<PublicKey> {
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** A value of exactly {@link #SIZE} bytes. */
    public PublicKey {
        Fields.exactly("public key", value, SIZE);
    }

    @Override
    public int compareTo(PublicKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
