package org.plainsong.core.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;

/** ML-KEM-768 with all randomness handed in (FIPS 203 §6), the post-quantum half of {@link XWing}. */
final class MlKem768 {
    static final int PUBLIC_KEY_SIZE = 1184;
    static final int CIPHERTEXT_SIZE = 1088;
    static final int SHARED_SECRET_SIZE = 32;
    /** {@code d ‖ z}, the form in which a decapsulation key is kept. */
    static final int SEED_SIZE = 64;

    private static final int T_SIZE = 1152;

    private MlKem768() {}

    /** What an encapsulation gives. */
    record Encapsulated(Secret sharedSecret, ByteString ciphertext) {}

    /** {@code ML-KEM.KeyGen_internal(d, z)} (FIPS 203 algorithm 16), ready to decapsulate. */
    static MLKEMPrivateKeyParameters expand(byte[] dz) {
        return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, dz);
    }

    /** The check of FIPS 203 §7.2: right length, and every coefficient of {@code t} below 3329. */
    static boolean isAcceptablePublicKey(byte[] key, int offset) {
        if (key.length - offset < PUBLIC_KEY_SIZE) {
            return false;
        }
        for (int at = offset; at < offset + T_SIZE; at += 3) {
            int low = (key[at] & 0xff) | (key[at + 1] & 0x0f) << 8;
            int high = (key[at + 1] & 0xf0) >>> 4 | (key[at + 2] & 0xff) << 4;
            if (low >= 3329 || high >= 3329) {
                return false;
            }
        }
        return true;
    }

    /** {@code ML-KEM.Encaps_internal(ek, m)} (FIPS 203 algorithm 17) for a key that {@link #isAcceptablePublicKey} accepts. */
    static Encapsulated encapsulate(byte[] publicKey, byte[] m) {
        MLKEMPublicKeyParameters key = new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, publicKey);
        SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(key, m);
        return new Encapsulated(Secret.wrap(made.getSecret()), ByteString.wrap(made.getEncapsulation()));
    }

    /** {@code ML-KEM.Decaps_internal(dk, c)} (FIPS 203 algorithm 18): a ciphertext nobody made gives a secret nobody knows. */
    static byte[] decapsulate(MLKEMPrivateKeyParameters key, byte[] ciphertext) {
        return new MLKEMExtractor(key).extractSecret(Arrays.copyOf(ciphertext, CIPHERTEXT_SIZE));
    }
}
