package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** One Ed25519 signature (64 bytes) and who made it (protocol §2). */
public record Signature(PublicKey signer, ByteString value) {
    /** Size in bytes. */
    public static final int SIZE = 64;

    /** Checks the size. */
    public Signature {
        Fields.exactly("signature", value, SIZE);
    }
}
