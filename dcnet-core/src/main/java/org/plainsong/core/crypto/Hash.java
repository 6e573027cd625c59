package org.plainsong.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.plainsong.core.bytes.ByteString;

/** SHA-256, plain and with a label (protocol §2). */
public final class Hash {
    /** Bytes of a hash. */
    public static final int SIZE = 32;

    private static final int LENGTH_BYTES = 8;

    private Hash() {}

    /** SHA-256 of the parts, one after the other, without anything between them. */
    public static ByteString sha256(ByteString... parts) {
        MessageDigest digest = newSha256();
        for (ByteString part : parts) {
            digest.update(part.unsafeArray());
        }
        return ByteString.wrap(digest.digest());
    }

    /** SHA-256 of the parts, one after the other, without anything between them. */
    public static ByteString sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return ByteString.wrap(digest.digest());
    }

    /**
     * SHA-256 of {@code len(label) as 1 byte ‖ label ‖ (len(part) as 8 bytes, big-endian ‖ part)…}: parts cannot run into
     * each other, and no two labels give one input.
     */
    public static ByteString labelled(Labels label, ByteString... parts) {
        byte[] tag = label.encoded();
        MessageDigest digest = newSha256();
        digest.update((byte) tag.length);
        digest.update(tag);
        byte[] length = new byte[LENGTH_BYTES];
        for (ByteString part : parts) {
            putLength(length, part.size());
            digest.update(length);
            digest.update(part.unsafeArray());
        }
        return ByteString.wrap(digest.digest());
    }

    /** A fresh SHA-256, for data that comes in pieces. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private static void putLength(byte[] target, int value) {
        target[4] = (byte) (value >>> 24);
        target[5] = (byte) (value >>> 16);
        target[6] = (byte) (value >>> 8);
        target[7] = (byte) value;
    }
}
