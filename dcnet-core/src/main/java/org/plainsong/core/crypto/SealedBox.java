package org.plainsong.core.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/**
 * A message to the holder of one X-Wing key (protocol §4.3 {@code Seal}, §7): {@code encapsulation (1,120) ‖
 * AES-256-GCM(plaintext)}. The AEAD key is {@code HKDF(salt = empty, ikm = shared secret, info = label ‖ context)}.
 *
 * <p>The nonce is twelve zero bytes: each key comes from an encapsulation of its own and seals exactly one text. Who opens
 * a box later in public, by showing the randomness, makes the same bytes again.
 */
public final class SealedBox {
    /** Bytes that a box is longer than what is in it. */
    public static final int OVERHEAD = XWing.CIPHERTEXT_SIZE + Aead.TAG_SIZE;

    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_SIZE];
    private static final byte[] NO_SALT = new byte[0];

    private SealedBox() {}

    /**
     * Seals {@code plaintext}.
     *
     * @param publicKey one that {@link XWing#isAcceptablePublicKey} accepts
     * @param randomness64 64 bytes, used for this box only
     * @param label what the box is for
     * @param context bound into the key
     * @param aad authenticated, not part of the box
     */
    public static ByteString seal(
            ByteString publicKey,
            byte[] randomness64,
            Labels label,
            ByteString context,
            ByteString aad,
            byte[] plaintext) {
        XWing.Encapsulation encapsulation = XWing.encapsulate(publicKey, randomness64);
        byte[] key;
        try (Secret shared = encapsulation.sharedSecret()) {
            key = key(shared.expose(), label, context);
        }
        byte[] text = Aead.seal(key, ZERO_NONCE, aad.unsafeArray(), plaintext);
        Arrays.fill(key, (byte) 0);
        return ByteString.concat(encapsulation.ciphertext(), ByteString.wrap(text));
    }

    /** What is in the box, or nothing if key, label, context, aad or a byte of the box is not as it was sealed. */
    public static Optional<byte[]> open(
            XWing.ExpandedKey key, Labels label, ByteString context, ByteString aad, ByteString box) {
        if (box.size() < OVERHEAD) {
            return Optional.empty();
        }
        try (Secret shared =
                key.decapsulate(box.slice(0, XWing.CIPHERTEXT_SIZE)).orElseThrow()) {
            return openWith(shared, label, context, aad, box);
        }
    }

    /** As above, for a single box under a key. */
    public static Optional<byte[]> open(
            XWing.KeyPair pair, Labels label, ByteString context, ByteString aad, ByteString box) {
        try (XWing.ExpandedKey key = XWing.ExpandedKey.of(pair.seed())) {
            return open(key, label, context, aad, box);
        }
    }

    /** Opens the box with the shared secret of its encapsulation. */
    public static Optional<byte[]> openWith(
            Secret shared, Labels label, ByteString context, ByteString aad, ByteString box) {
        if (box.size() < OVERHEAD) {
            return Optional.empty();
        }
        byte[] aeadKey = key(shared.expose(), label, context);
        Optional<byte[]> text = Aead.open(
                aeadKey,
                ZERO_NONCE,
                aad.unsafeArray(),
                box.unsafeArray(),
                XWing.CIPHERTEXT_SIZE,
                box.size() - XWing.CIPHERTEXT_SIZE);
        Arrays.fill(aeadKey, (byte) 0);
        return text;
    }

    private static byte[] key(byte[] shared, Labels label, ByteString context) {
        return Hkdf.derive(NO_SALT, shared, label, context.unsafeArray(), Aead.KEY_SIZE);
    }
}
