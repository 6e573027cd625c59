package org.plainsong.core.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/**
 * X-Wing, the hybrid of X25519 and ML-KEM-768 (draft-connolly-cfrg-xwing-kem, protocol §2). A key pair is its 32-byte
 * seed, so that showing the seed proves the key; encapsulation takes its 64 random bytes from the caller, so that showing
 * them proves the ciphertext.
 *
 * <p>As the draft has it, an X25519 result of all zeros is not refused: whoever sends such a share only gives away the
 * classical half of a secret that they know anyway, and the hash over shares and keys keeps the result bound to them.
 */
public final class XWing {
    /** Bytes of the seed that is a private key. */
    public static final int SEED_SIZE = 32;
    /** Bytes of a public key: ML-KEM-768, then X25519. */
    public static final int PUBLIC_KEY_SIZE = MlKem768.PUBLIC_KEY_SIZE + X25519.POINT_SIZE;
    /** Bytes of an encapsulation: ML-KEM-768, then X25519. */
    public static final int CIPHERTEXT_SIZE = MlKem768.CIPHERTEXT_SIZE + X25519.POINT_SIZE;
    /** Bytes of the randomness of an encapsulation: {@code m} of ML-KEM, then the ephemeral X25519 scalar. */
    public static final int RANDOMNESS_SIZE = 64;
    /** Bytes of a shared secret. */
    public static final int SHARED_SECRET_SIZE = 32;

    private static final byte[] LABEL = {0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c};

    private XWing() {}

    /**
     * A key pair. The seed is the private key; it stays with the holder, who wipes it.
     *
     * @param seed 32 bytes
     * @param publicKey 1,216 bytes
     */
    public record KeyPair(Secret seed, ByteString publicKey) {}

    /**
     * What an encapsulation gives.
     *
     * @param ciphertext 1,120 bytes for the holder of the key
     * @param sharedSecret 32 bytes that they will find in it
     */
    public record Encapsulation(ByteString ciphertext, Secret sharedSecret) {}

    /** The key pair of this seed of 32 bytes, which is copied (draft §5.2.1, GenerateKeyPairDerand). */
    public static KeyPair generate(byte[] seed32) {
        Secret seed = Secret.copyOf(seed32);
        try (ExpandedKey expanded = ExpandedKey.of(seed)) {
            return new KeyPair(seed, expanded.publicKey());
        }
    }

    /** True if one can encapsulate to this key: 1,216 bytes, ML-KEM coefficients below the modulus (FIPS 203 §7.2). */
    public static boolean isAcceptablePublicKey(ByteString publicKey) {
        return publicKey.size() == PUBLIC_KEY_SIZE && MlKem768.isAcceptablePublicKey(publicKey.unsafeArray(), 0);
    }

    /**
     * Encapsulates to a public key (draft §5.4.1, EncapsulateDerand).
     *
     * @param publicKey one that {@link #isAcceptablePublicKey} accepts: check it where it comes from the network
     * @param randomness64 64 bytes, never used twice but to prove this very encapsulation
     * @throws IllegalStateException if the key is not acceptable or the randomness has another length
     */
    public static Encapsulation encapsulate(ByteString publicKey, byte[] randomness64) {
        if (!isAcceptablePublicKey(publicKey)) {
            throw new IllegalStateException("not an X-Wing public key: " + publicKey);
        }
        requireSize("randomness", randomness64.length, RANDOMNESS_SIZE);
        byte[] key = publicKey.unsafeArray();
        byte[] kemSeed = Arrays.copyOf(randomness64, 32);
        MlKem768.Encapsulated kem = MlKem768.encapsulate(key, 0, kemSeed);

        byte[] ciphertext = Arrays.copyOf(kem.ciphertext().unsafeArray(), CIPHERTEXT_SIZE);
        X25519.scalarMultBase(randomness64, 32, ciphertext, MlKem768.CIPHERTEXT_SIZE);
        byte[] agreed = new byte[X25519.POINT_SIZE];
        X25519.scalarMult(randomness64, 32, key, MlKem768.PUBLIC_KEY_SIZE, agreed, 0);
        Secret shared = combine(kem.sharedSecret().expose(), agreed, ciphertext, key, MlKem768.PUBLIC_KEY_SIZE);
        Arrays.fill(kemSeed, (byte) 0);
        return new Encapsulation(ByteString.wrap(ciphertext), shared);
    }

    /**
     * The shared secret of an encapsulation (draft §5.5). Nothing if it has not exactly 1,120 bytes; any other bytes give a
     * secret, one that nobody else knows if they are no encapsulation to this key. For many ciphertexts under one key take
     * an {@link ExpandedKey}.
     */
    public static Optional<Secret> decapsulate(KeyPair pair, ByteString ciphertext) {
        try (ExpandedKey expanded = ExpandedKey.of(pair.seed())) {
            return expanded.decapsulate(ciphertext);
        }
    }

    /** Combiner (draft §5.3): {@code SHA3-256(ss_M ‖ ss_X ‖ ct_X ‖ pk_X ‖ label)}; wipes the two secrets. */
    private static Secret combine(byte[] ssM, byte[] ssX, byte[] ciphertext, byte[] pkX, int pkXOffset) {
        SHA3Digest hash = new SHA3Digest(256);
        hash.update(ssM, 0, MlKem768.SHARED_SECRET_SIZE);
        hash.update(ssX, 0, X25519.POINT_SIZE);
        hash.update(ciphertext, MlKem768.CIPHERTEXT_SIZE, X25519.POINT_SIZE);
        hash.update(pkX, pkXOffset, X25519.POINT_SIZE);
        hash.update(LABEL, 0, LABEL.length);
        byte[] shared = new byte[SHARED_SECRET_SIZE];
        hash.doFinal(shared, 0);
        Arrays.fill(ssM, (byte) 0);
        Arrays.fill(ssX, (byte) 0);
        return Secret.wrap(shared);
    }

    private static void requireSize(String what, int size, int expected) {
        if (size != expected) {
            throw new IllegalStateException("X-Wing " + what + " has " + size + " bytes instead of " + expected);
        }
    }

    /**
     * A private key worked out from its seed, for many decapsulations: the work-out costs more than a decapsulation (draft
     * §5.5.1). Any number of threads may use it. Close it when the key is no longer needed.
     */
    public static final class ExpandedKey implements AutoCloseable {
        private final MlKem768.PrivateKey kemKey;
        private final Secret scalar;
        private final ByteString publicKey;

        private ExpandedKey(MlKem768.PrivateKey kemKey, Secret scalar, ByteString publicKey) {
            this.kemKey = kemKey;
            this.scalar = scalar;
            this.publicKey = publicKey;
        }

        /** Works out the key of this 32-byte seed (draft §5.2, expandDecapsulationKey). */
        public static ExpandedKey of(Secret seed) {
            requireSize("seed", seed.size(), SEED_SIZE);
            byte[] expanded = new byte[MlKem768.SEED_SIZE + X25519.SCALAR_SIZE];
            SHAKEDigest shake = new SHAKEDigest(256);
            shake.update(seed.expose(), 0, SEED_SIZE);
            shake.doFinal(expanded, 0, expanded.length);

            byte[] dz = Arrays.copyOf(expanded, MlKem768.SEED_SIZE);
            byte[] scalar = Arrays.copyOfRange(expanded, MlKem768.SEED_SIZE, expanded.length);
            MlKem768.PrivateKey kemKey = MlKem768.PrivateKey.expand(dz);
            byte[] publicKey = new byte[PUBLIC_KEY_SIZE];
            kemKey.copyPublicKey(publicKey, 0);
            X25519.scalarMultBase(scalar, 0, publicKey, MlKem768.PUBLIC_KEY_SIZE);
            Arrays.fill(expanded, (byte) 0);
            Arrays.fill(dz, (byte) 0);
            return new ExpandedKey(kemKey, Secret.wrap(scalar), ByteString.wrap(publicKey));
        }

        /** The 1,216 bytes that others encapsulate to. */
        public ByteString publicKey() {
            return publicKey;
        }

        /** As {@link XWing#decapsulate}. */
        public Optional<Secret> decapsulate(ByteString ciphertext) {
            if (ciphertext.size() != CIPHERTEXT_SIZE) {
                return Optional.empty();
            }
            byte[] bytes = ciphertext.unsafeArray();
            byte[] ssM = kemKey.decapsulate(Arrays.copyOf(bytes, MlKem768.CIPHERTEXT_SIZE));
            byte[] ssX = new byte[X25519.POINT_SIZE];
            X25519.scalarMult(scalar.expose(), 0, bytes, MlKem768.CIPHERTEXT_SIZE, ssX, 0);
            return Optional.of(combine(ssM, ssX, bytes, publicKey.unsafeArray(), MlKem768.PUBLIC_KEY_SIZE));
        }

        /** Wipes the private key; {@link #decapsulate} fails from now on. */
        @Override
        public void close() {
            scalar.wipe();
            kemKey.close();
        }
    }
}
