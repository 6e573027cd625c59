package org.plainsong.core.crypto;

import java.util.Arrays;
import javax.crypto.Mac;
import org.plainsong.core.bytes.ByteString;

/** HKDF-SHA-256, extract and expand in one (RFC 5869, protocol §2). */
public final class Hkdf {
    /** Most bytes that one derivation can give: 255 blocks (RFC 5869 §2.3). */
    public static final int MAX_LENGTH = 255 * Hmac.SIZE;

    private Hkdf() {}

    /**
     * Derives {@code length} bytes.
     *
     * @param salt may be empty, which means 32 zero bytes (RFC 5869 §2.2)
     * @param ikm the secret input
     * @param info what the result is for
     * @param length 1 to {@link #MAX_LENGTH} bytes
     */
    public static byte[] derive(byte[] salt, byte[] ikm, byte[] info, int length) {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalStateException("HKDF was asked for " + length + " bytes, it gives 1 to " + MAX_LENGTH);
        }
        byte[] prk = Hmac.sha256(salt, ikm);
        try {
            return expand(prk, info, length);
        } finally {
            Arrays.fill(prk, (byte) 0);
        }
    }

    /** Derives {@code length} bytes with {@code info = label ‖ extra}. */
    public static byte[] derive(byte[] salt, byte[] ikm, Labels label, byte[] extra, int length) {
        byte[] tag = label.encoded();
        byte[] info = Arrays.copyOf(tag, tag.length + extra.length);
        System.arraycopy(extra, 0, info, tag.length, extra.length);
        return derive(salt, ikm, info, length);
    }

    /** Derives {@code length} bytes with {@code info = label ‖ extra}. */
    public static byte[] derive(ByteString salt, byte[] ikm, Labels label, ByteString extra, int length) {
        return derive(salt.unsafeArray(), ikm, label, extra.unsafeArray(), length);
    }

    private static byte[] expand(byte[] prk, byte[] info, int length) {
        Mac mac = Hmac.keyed(prk);
        byte[] result = new byte[length];
        byte[] block = new byte[0];
        int at = 0;
        for (int counter = 1; at < length; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            int taken = Math.min(block.length, length - at);
            System.arraycopy(block, 0, result, at, taken);
            at += taken;
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }
}
