package org.plainsong.core.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104). */
public final class Hmac {
    /** Bytes of a tag. */
    public static final int SIZE = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /** The 32-byte tag of {@code message} under {@code key}, which may have any length, also none. */
    public static byte[] sha256(byte[] key, byte[] message) {
        return keyed(key).doFinal(message);
    }

    /** A MAC under this key, for several messages or several pieces. */
    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // The JCE refuses an empty key. HMAC pads the key with zeros, so one zero byte is the same key.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC refused a key of " + key.length + " bytes", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }
}
