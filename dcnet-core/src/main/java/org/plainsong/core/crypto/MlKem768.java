package org.plainsong.core.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.security.auth.DestroyFailedException;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/**
 * ML-KEM-768 with all randomness handed in (FIPS 203 §6), the post-quantum half of {@link XWing}.
 *
 * <p>The JDK's implementation, which is 1.5 to 2 times as fast as Bouncy Castle's even with the key import that it asks for
 * each time. It takes its randomness from a {@code SecureRandom} only, hence {@link FixedRandom}.
 */
final class MlKem768 {
    static final int PUBLIC_KEY_SIZE = 1184;
    static final int CIPHERTEXT_SIZE = 1088;
    static final int SHARED_SECRET_SIZE = 32;
    /** {@code d ‖ z}, from which a key pair is made. */
    static final int SEED_SIZE = 64;

    private static final int T_SIZE = 1152;
    private static final int MODULUS = 3329;
    /** SubjectPublicKeyInfo of an ML-KEM-768 key up to the key itself (RFC 9935 §4). */
    private static final byte[] PUBLIC_KEY_INFO =
            HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    private MlKem768() {}

    /** What an encapsulation gives. */
    record Encapsulated(Secret sharedSecret, ByteString ciphertext) {}

    /** The check of FIPS 203 §7.2: right length, and every coefficient of {@code t} below the modulus. */
    static boolean isAcceptablePublicKey(byte[] key, int offset) {
        if (key.length - offset < PUBLIC_KEY_SIZE) {
            return false;
        }
        for (int at = offset; at < offset + T_SIZE; at += 3) {
            int low = (key[at] & 0xff) | ((key[at + 1] & 0x0f) << 8);
            int high = ((key[at + 1] & 0xf0) >>> 4) | ((key[at + 2] & 0xff) << 4);
            if (low >= MODULUS || high >= MODULUS) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@code ML-KEM.Encaps_internal(ek, m)} (FIPS 203 algorithm 17).
     *
     * @param key holds at {@code offset} a public key that {@link #isAcceptablePublicKey} accepts
     * @param m 32 random bytes
     */
    static Encapsulated encapsulate(byte[] key, int offset, byte[] m) {
        byte[] info = Arrays.copyOf(PUBLIC_KEY_INFO, PUBLIC_KEY_INFO.length + PUBLIC_KEY_SIZE);
        System.arraycopy(key, offset, info, PUBLIC_KEY_INFO.length, PUBLIC_KEY_SIZE);
        try {
            PublicKey publicKey = KeyFactory.getInstance("ML-KEM").generatePublic(new X509EncodedKeySpec(info));
            FixedRandom random = new FixedRandom(m);
            KEM.Encapsulated made = KEM.getInstance("ML-KEM")
                    .newEncapsulator(publicKey, null, random)
                    .encapsulate();
            random.requireUsedUp();
            return new Encapsulated(Secret.wrap(made.key().getEncoded()), ByteString.wrap(made.encapsulation()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ML-KEM refused a public key that passed its check", e);
        }
    }

    /** A key pair, ready to decapsulate; any number of threads may use it. */
    static final class PrivateKey implements AutoCloseable {
        private final KeyPair pair;
        private final KEM.Decapsulator decapsulator;

        private PrivateKey(KeyPair pair, KEM.Decapsulator decapsulator) {
            this.pair = pair;
            this.decapsulator = decapsulator;
        }

        /** {@code ML-KEM.KeyGen_internal(d, z)} (FIPS 203 algorithm 16). */
        static PrivateKey expand(byte[] dz) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
                FixedRandom random = new FixedRandom(dz);
                generator.initialize(NamedParameterSpec.ML_KEM_768, random);
                KeyPair pair = generator.generateKeyPair();
                random.requireUsedUp();
                return new PrivateKey(pair, KEM.getInstance("ML-KEM").newDecapsulator(pair.getPrivate()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime has no ML-KEM-768", e);
            }
        }

        /** Writes the 1,184 bytes of the public key to {@code target} from {@code offset} on. */
        void copyPublicKey(byte[] target, int offset) {
            byte[] info = pair.getPublic().getEncoded();
            System.arraycopy(info, info.length - PUBLIC_KEY_SIZE, target, offset, PUBLIC_KEY_SIZE);
        }

        /**
         * {@code ML-KEM.Decaps_internal(dk, c)} (FIPS 203 algorithm 18): a ciphertext that nobody made gives a secret that
         * nobody knows.
         *
         * @param ciphertext 1,088 bytes
         */
        byte[] decapsulate(byte[] ciphertext) {
            try {
                return decapsulator.decapsulate(ciphertext).getEncoded();
            } catch (DecapsulateException e) {
                throw new IllegalStateException("ML-KEM refused " + ciphertext.length + " bytes", e);
            }
        }

        /** Lets the JDK destroy the key, where it can. */
        @Override
        public void close() {
            try {
                pair.getPrivate().destroy();
            } catch (DestroyFailedException e) {
                // The JDK keeps the last copy; it goes with the object.
            }
        }
    }
}
