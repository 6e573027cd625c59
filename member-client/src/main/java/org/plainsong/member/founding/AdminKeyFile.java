package org.plainsong.member.founding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Aead;
import org.plainsong.core.crypto.Argon2;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.vault.KeyCost;

/**
 * The file that holds an admin's key: {@code magic (16) ‖ memory KiB u32 ‖ iterations u32 ‖ salt (16) ‖ nonce (12) ‖ seed under
 * AES-256-GCM (48) ‖ SHA-256 of all before (32)}, the key for it from the passphrase by Argon2id and HKDF (label "vault", info "admin").
 */
public final class AdminKeyFile {
    private static final byte[] MAGIC = "plainsong admin\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USE = "admin".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_SIZE = 16;
    private static final int HEAD = 16 + 4 + 4 + SALT_SIZE + Aead.NONCE_SIZE;
    private static final int HASHED = HEAD + Ed25519.SEED_SIZE + Aead.TAG_SIZE;
    private static final int SIZE = HASHED + Hash.SIZE;

    private AdminKeyFile() {}

    /**
     * The bytes of a file for this key.
     *
     * @param passphrase secret; the caller wipes it
     */
    public static byte[] encode(Ed25519.SigningKey key, byte[] passphrase, KeyCost cost, Randomness randomness) {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        out.put(MAGIC).putInt(cost.memoryKiB()).putInt(cost.iterations());
        byte[] salt = randomness.bytes(SALT_SIZE);
        byte[] nonce = randomness.bytes(Aead.NONCE_SIZE);
        out.put(salt).put(nonce);
        byte[] aad = Arrays.copyOf(out.array(), HEAD);
        byte[] sealing = sealingKey(passphrase, salt, cost);
        out.put(Aead.seal(sealing, nonce, aad, key.seed().expose()));
        Arrays.fill(sealing, (byte) 0);
        byte[] all = Arrays.copyOf(out.array(), HASHED);
        return out.put(Hash.sha256(all).unsafeArray()).array();
    }

    /**
     * The key in a file; nothing if the passphrase is another one.
     *
     * @param passphrase secret; the caller wipes it
     * @throws FormatException if the bytes are no such file, or damaged
     */
    public static Optional<Ed25519.SigningKey> open(byte[] file, byte[] passphrase) throws FormatException {
        if (file.length != SIZE || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FormatException("admin key file", "not a file that holds an admin's key");
        }
        ByteString hash = ByteString.of(Arrays.copyOfRange(file, HASHED, SIZE));
        if (!Hash.sha256(Arrays.copyOf(file, HASHED)).equals(hash)) {
            throw new FormatException("admin key file", "damaged");
        }
        ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length, HEAD - MAGIC.length);
        KeyCost cost;
        try {
            cost = new KeyCost(in.getInt(), in.getInt());
        } catch (IllegalArgumentException e) {
            throw new FormatException("admin key file", "asks for " + e.getMessage());
        }
        byte[] salt = new byte[SALT_SIZE];
        byte[] nonce = new byte[Aead.NONCE_SIZE];
        in.get(salt).get(nonce);
        byte[] sealing = sealingKey(passphrase, salt, cost);
        Optional<byte[]> seed = Aead.open(sealing, nonce, Arrays.copyOf(file, HEAD), file, HEAD, HASHED - HEAD);
        Arrays.fill(sealing, (byte) 0);
        return seed.map(bytes -> {
            try (Secret held = Secret.wrap(bytes)) {
                return Ed25519.SigningKey.fromSeed(held.expose());
            }
        });
    }

    private static byte[] sealingKey(byte[] passphrase, byte[] salt, KeyCost cost) {
        byte[] slow = Argon2.derive(passphrase, salt, cost.memoryKiB(), cost.iterations(), 1);
        byte[] key = Hkdf.derive(salt, slow, Labels.VAULT, USE, Aead.KEY_SIZE);
        Arrays.fill(slow, (byte) 0);
        return key;
    }
}
