package org.plainsong.core.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a 12-byte nonce and a 16-byte tag at the end (NIST SP 800-38D, protocol §2). */
public final class Aead {
    /** Bytes of a key. */
    public static final int KEY_SIZE = 32;
    /** Bytes of a nonce. */
    public static final int NONCE_SIZE = 12;
    /** Bytes that the sealed text is longer than the plain one. */
    public static final int TAG_SIZE = 16;

    private Aead() {}

    /** Ciphertext and tag of {@code plaintext}; {@code aad} is authenticated and not part of the result. */
    public static byte[] seal(byte[] key32, byte[] nonce12, byte[] aad, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key32, nonce12, aad).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to seal " + plaintext.length + " bytes", e);
        }
    }

    /** The plaintext, or nothing if key, nonce, {@code aad} or any byte of {@code sealed} is not as it was sealed. */
    public static Optional<byte[]> open(byte[] key32, byte[] nonce12, byte[] aad, byte[] sealed) {
        return open(key32, nonce12, aad, sealed, 0, sealed.length);
    }

    /** As {@link #open(byte[], byte[], byte[], byte[])}, for {@code length} bytes of {@code sealed} from {@code offset} on. */
    public static Optional<byte[]> open(
            byte[] key32, byte[] nonce12, byte[] aad, byte[] sealed, int offset, int length) {
        if (length < TAG_SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key32, nonce12, aad).doFinal(sealed, offset, length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open " + length + " bytes", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key32, byte[] nonce12, byte[] aad) throws GeneralSecurityException {
        if (key32.length != KEY_SIZE || nonce12.length != NONCE_SIZE) {
            throw new IllegalStateException("AES-256-GCM takes a key of " + KEY_SIZE + " bytes and a nonce of "
                    + NONCE_SIZE + ", not " + key32.length + " and " + nonce12.length);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key32, "AES"), new GCMParameterSpec(8 * TAG_SIZE, nonce12));
        cipher.updateAAD(aad);
        return cipher;
    }
}
