package org.plainsong.core.crypto;

import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/**
 * Ed25519 signatures (RFC 8032 §5.1, protocol §2).
 *
 * <p><b>What is accepted.</b> A public key: 32 bytes, the canonical encoding of a point of prime order. A signature under
 * it: 64 bytes {@code R ‖ S}, {@code R} the canonical encoding of a point of prime order, {@code S} below that order, and
 * {@code [S]B = R + [k]A}. Among such points the equations with and without cofactor agree, so that there is one answer for
 * every implementation: a signature is evidence. Bouncy Castle alone checks the equation times a number that depends on the
 * message, and so takes or refuses a part of small order in {@code R} as it happens.
 */
public final class Ed25519 {
    /** Bytes of a private key (its seed). */
    public static final int SEED_SIZE = 32;
    /** Bytes of a public key. */
    public static final int PUBLIC_KEY_SIZE = 32;
    /** Bytes of a signature. */
    public static final int SIGNATURE_SIZE = 64;

    private Ed25519() {}

    /** True if signatures under this key may be accepted at all (see the class for the rule). */
    public static boolean isAcceptablePublicKey(ByteString publicKey) {
        return VerifyingKey.decode(publicKey).isPresent();
    }

    /**
     * True if this is a signature of this message under this key. Never throws, whatever the bytes. Where one key verifies
     * much, decode it once with {@link VerifyingKey#decode}: checking the key costs about a third as much as a signature.
     */
    public static boolean verify(ByteString publicKey, byte[] message, ByteString signature) {
        Optional<VerifyingKey> key = VerifyingKey.decode(publicKey);
        return key.isPresent() && key.get().verify(message, signature);
    }

    /** A public key that has been decoded and checked, for many verifications. Immutable; any number of threads may use it. */
    public static final class VerifyingKey {
        private final ByteString encoded;
        private final org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint point;

        private VerifyingKey(ByteString encoded, org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint point) {
            this.encoded = encoded;
            this.point = point;
        }

        /** The key, or nothing if it is not an acceptable one. */
        public static Optional<VerifyingKey> decode(ByteString publicKey) {
            if (publicKey.size() != PUBLIC_KEY_SIZE) {
                return Optional.empty();
            }
            byte[] bytes = publicKey.unsafeArray();
            org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint point =
                    org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(bytes, 0);
            return point == null || !PrimeOrder.has(bytes, 0)
                    ? Optional.empty()
                    : Optional.of(new VerifyingKey(publicKey, point));
        }

        /** The 32 bytes of the key. */
        public ByteString encoded() {
            return encoded;
        }

        /** True if this is a signature of this message under this key. Never throws, whatever the bytes. */
        public boolean verify(byte[] message, ByteString signature) {
            byte[] bytes = signature.unsafeArray();
            return bytes.length == SIGNATURE_SIZE
                    && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(bytes, 0, point, message, 0, message.length)
                    && PrimeOrder.has(bytes, 0);
        }
    }

    /** A private key. Signing is deterministic. Close it when it is no longer needed. */
    public static final class SigningKey implements AutoCloseable {
        private final Secret seed;
        private final byte[] publicKey;
        private final ByteString encodedPublicKey;

        private SigningKey(Secret seed, byte[] publicKey) {
            this.seed = seed;
            this.publicKey = publicKey;
            this.encodedPublicKey = ByteString.of(publicKey);
        }

        /** The key of this 32-byte seed, which is copied. */
        public static SigningKey fromSeed(byte[] seed32) {
            if (seed32.length != SEED_SIZE) {
                throw new IllegalStateException("an Ed25519 seed has " + SEED_SIZE + " bytes, not " + seed32.length);
            }
            byte[] publicKey = new byte[PUBLIC_KEY_SIZE];
            org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed32, 0, publicKey, 0);
            return new SigningKey(Secret.copyOf(seed32), publicKey);
        }

        /** The 32 bytes that others verify with. */
        public ByteString publicKey() {
            return encodedPublicKey;
        }

        /** The seed, for the vault of its owner. */
        public Secret seed() {
            return seed;
        }

        /** The 64-byte signature of this message. */
        public ByteString sign(byte[] message) {
            byte[] signature = new byte[SIGNATURE_SIZE];
            org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                    seed.expose(), 0, publicKey, 0, message, 0, message.length, signature, 0);
            return ByteString.wrap(signature);
        }

        /** Wipes the seed; {@link #sign} fails from now on. */
        @Override
        public void close() {
            seed.wipe();
        }
    }
}
