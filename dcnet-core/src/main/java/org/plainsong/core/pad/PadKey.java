package org.plainsong.core.pad;

import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Hmac;
import org.plainsong.core.crypto.Labels;

/**
 * The AES-256 key of all pads that one member and one server share in one epoch (protocol §5.2), and what leads to it: the
 * pair secret {@code K_ij} and its confirmation tag (protocol §4.1).
 */
public final class PadKey implements AutoCloseable {
    /** Bytes of a pair secret and of a pad key. */
    public static final int SIZE = 32;
    /** Bytes of a nonce. */
    public static final int NONCE_SIZE = 12;

    private static final int MAX_SERVER = 0xffff;

    private final Secret key;

    private PadKey(Secret key) {
        this.key = key;
    }

    /**
     * {@code K_ij = HKDF(salt = epochId, ikm = ss_ij, info = label "pad" ‖ member id ‖ server number as 2 bytes,
     * big-endian)}, 32 bytes (protocol §4.1).
     *
     * @param memberId the 16 bytes of member i
     * @param server the number of server j, 1 to M
     */
    public static Secret pairSecret(ByteString epochId, Secret sharedSecret, ByteString memberId, int server) {
        if (server < 1 || server > MAX_SERVER) {
            throw new IllegalStateException("no server has the number " + server);
        }
        ByteString extra = ByteString.concat(memberId, ByteString.of((byte) (server >>> 8), (byte) server));
        return Secret.wrap(Hkdf.derive(epochId, sharedSecret.expose(), Labels.PAD, extra, SIZE));
    }

    /** The 32-byte tag by which a member shows that it has {@code K_ij}: {@code HMAC-SHA-256(K_ij, label "confirm")}. */
    public static ByteString confirmTag(Secret pairSecret) {
        return ByteString.wrap(Hmac.sha256(pairSecret.expose(), Labels.CONFIRM.bytes()));
    }

    /** {@code HKDF(salt = empty, ikm = K_ij, info = label "pad key")}; the pair secret stays with the caller. */
    public static PadKey of(Secret pairSecret) {
        return new PadKey(Secret.wrap(
                Hkdf.derive(ByteString.EMPTY, pairSecret.expose(), Labels.PAD_KEY, ByteString.EMPTY, SIZE)));
    }

    /**
     * The nonce of all pads of a (round, attempt): the first 12 bytes of the labelled hash of {@code epochId}, round as 8
     * bytes, attempt as 8 bytes, both big-endian, and {@code prev} (protocol §5.2).
     */
    public static byte[] nonce(ByteString epochId, long round, int attempt, ByteString prev) {
        ByteString hash = Hash.labelled(Labels.PAD_NONCE, epochId, Numbers.u64(round), Numbers.u64(attempt), prev);
        return Arrays.copyOf(hash.unsafeArray(), NONCE_SIZE);
    }

    /** A stream under this key, for one thread; make one for each thread that needs it, and keep it for the epoch. */
    public PadStream stream() {
        return new PadStream(key.expose());
    }

    /** The 32 key bytes; read them, do not keep them. */
    public byte[] expose() {
        return key.expose();
    }

    /** Wipes the key. Streams made before go on; close those too. */
    @Override
    public void close() {
        key.wipe();
    }
}
