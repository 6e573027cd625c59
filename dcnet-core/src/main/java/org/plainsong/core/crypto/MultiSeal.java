package org.plainsong.core.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/**
 * A message that opens only with all of M X-Wing keys (protocol §4.3 {@code MultiSeal}): {@code M encapsulations (1,120
 * each) ‖ AES-256-GCM(plaintext)} under {@code HKDF(salt = empty, ikm = ss_1 ‖ … ‖ ss_M, info = label ‖ context)}, nonce of
 * twelve zero bytes because the key is used once, additional data {@code aad ‖ encapsulations}.
 */
public final class MultiSeal {
    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_SIZE];
    private static final byte[] NO_SALT = new byte[0];

    private MultiSeal() {}

    /** Bytes that a seal to this many keys is longer than what is in it. */
    public static int overhead(int keys) {
        return keys * XWing.CIPHERTEXT_SIZE + Aead.TAG_SIZE;
    }

    /**
     * Seals {@code plaintext}.
     *
     * @param publicKeys at least one, each one that {@link XWing#isAcceptablePublicKey} accepts
     * @param randomness 64 bytes for each key, in the order of the keys, used for this seal only
     * @param label what the seal is for
     * @param context bound into the key
     * @param aad authenticated, not part of the seal
     */
    public static ByteString seal(
            List<ByteString> publicKeys,
            byte[] randomness,
            Labels label,
            ByteString context,
            ByteString aad,
            byte[] plaintext) {
        int m = publicKeys.size();
        if (m == 0 || randomness.length != m * XWing.RANDOMNESS_SIZE) {
            throw new IllegalStateException(randomness.length + " bytes of randomness for " + m + " keys");
        }
        ByteString[] parts = new ByteString[m];
        List<Secret> shared = new ArrayList<>(m);
        for (int j = 0; j < m; j++) {
            byte[] own = Arrays.copyOfRange(randomness, j * XWing.RANDOMNESS_SIZE, (j + 1) * XWing.RANDOMNESS_SIZE);
            XWing.Encapsulation encapsulation = XWing.encapsulate(publicKeys.get(j), own);
            Arrays.fill(own, (byte) 0);
            parts[j] = encapsulation.ciphertext();
            shared.add(encapsulation.sharedSecret());
        }
        ByteString encapsulations = ByteString.concat(parts);
        byte[] key = key(shared, label, context);
        shared.forEach(Secret::wipe);
        byte[] text = Aead.seal(
                key, ZERO_NONCE, ByteString.concat(aad, encapsulations).unsafeArray(), plaintext);
        Arrays.fill(key, (byte) 0);
        return ByteString.concat(encapsulations, ByteString.wrap(text));
    }

    /** What is in the seal, or nothing if keys, their order, label, context, aad or a byte of the seal is not as it was. */
    public static Optional<byte[]> openMulti(
            List<XWing.ExpandedKey> keys, Labels label, ByteString context, ByteString aad, ByteString sealed) {
        if (keys.isEmpty() || sealed.size() < overhead(keys.size())) {
            return Optional.empty();
        }
        List<Secret> shared = new ArrayList<>(keys.size());
        for (int j = 0; j < keys.size(); j++) {
            shared.add(keys.get(j).decapsulate(encapsulation(sealed, j)).orElseThrow());
        }
        Optional<byte[]> text = openWith(shared, label, context, aad, sealed);
        shared.forEach(Secret::wipe);
        return text;
    }

    /** Opens the seal with the M shared secrets of its encapsulations, in order; they stay unwiped. */
    public static Optional<byte[]> openWith(
            List<Secret> shared, Labels label, ByteString context, ByteString aad, ByteString sealed) {
        if (shared.isEmpty() || sealed.size() < overhead(shared.size())) {
            return Optional.empty();
        }
        int start = shared.size() * XWing.CIPHERTEXT_SIZE;
        byte[] allAad = ByteString.concat(aad, sealed.slice(0, start)).unsafeArray();
        byte[] key = key(shared, label, context);
        Optional<byte[]> text = Aead.open(key, ZERO_NONCE, allAad, sealed.unsafeArray(), start, sealed.size() - start);
        Arrays.fill(key, (byte) 0);
        return text;
    }

    /** The encapsulation to key {@code index}, from 0, within a seal. */
    public static ByteString encapsulation(ByteString sealed, int index) {
        return sealed.slice(index * XWing.CIPHERTEXT_SIZE, (index + 1) * XWing.CIPHERTEXT_SIZE);
    }

    private static byte[] key(List<Secret> shared, Labels label, ByteString context) {
        byte[] ikm = new byte[shared.size() * XWing.SHARED_SECRET_SIZE];
        for (int j = 0; j < shared.size(); j++) {
            System.arraycopy(shared.get(j).expose(), 0, ikm, j * XWing.SHARED_SECRET_SIZE, XWing.SHARED_SECRET_SIZE);
        }
        byte[] key = Hkdf.derive(NO_SALT, ikm, label, context.unsafeArray(), Aead.KEY_SIZE);
        Arrays.fill(ikm, (byte) 0);
        return key;
    }
}
