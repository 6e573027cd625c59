package org.plainsong.member.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Aead;
import org.plainsong.core.crypto.Argon2;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.Randomness;

/**
 * The first {@value #SIZE} bytes of a vault: {@code magic (16) ‖ version u16 ‖ memory KiB u32 ‖ iterations u32 ‖ salt (16) ‖
 * file id (32) ‖ nonce (12) ‖ data key under AES-256-GCM (48) ‖ SHA-256 of all before (32)}.
 *
 * <p>The data key is sealed under a key from the passphrase, so that a new passphrase rewrites the header only. Each file has an id
 * of its own and the keys of its records come from data key and id, so that no file reuses another's.
 */
final class VaultHeader {
    static final int SIZE = 16 + 2 + 4 + 4 + 16 + 32 + 12 + 48 + 32;
    static final int VERSION = 1;

    private static final byte[] MAGIC = "plainsong vault\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_SIZE = 16;
    private static final int FILE_ID_SIZE = 32;
    private static final int SEALED_AT = 16 + 2 + 4 + 4 + SALT_SIZE + FILE_ID_SIZE + Aead.NONCE_SIZE;
    private static final int HASH_AT = SIZE - Hash.SIZE;
    private static final byte[] WRAP = "wrap".getBytes(StandardCharsets.US_ASCII);

    private final KeyCost cost;
    private final byte[] salt;
    private final byte[] passphraseKey;
    private final Secret dataKey;

    private VaultHeader(KeyCost cost, byte[] salt, byte[] passphraseKey, Secret dataKey) {
        this.cost = cost;
        this.salt = salt;
        this.passphraseKey = passphraseKey;
        this.dataKey = dataKey;
    }

    /** For a new vault: a fresh data key. */
    static VaultHeader fresh(byte[] passphrase, KeyCost cost, Randomness randomness) {
        byte[] salt = randomness.bytes(SALT_SIZE);
        byte[] key = Argon2.derive(passphrase, salt, cost.memoryKiB(), cost.iterations(), 1);
        return new VaultHeader(cost, salt, key, Secret.wrap(randomness.bytes(Aead.KEY_SIZE)));
    }

    /** The header of a file, opened with the passphrase. */
    static VaultHeader open(byte[] file, byte[] passphrase) throws VaultException {
        check(file);
        ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length + 2, SIZE - MAGIC.length - 2);
        int memory = in.getInt();
        int iterations = in.getInt();
        byte[] salt = new byte[SALT_SIZE];
        in.get(salt);
        KeyCost cost;
        try {
            cost = new KeyCost(memory, iterations);
        } catch (IllegalArgumentException e) {
            throw VaultException.damaged("its header asks for " + e.getMessage());
        }
        byte[] key = Argon2.derive(passphrase, salt, memory, iterations, 1);
        byte[] wrap = Hkdf.derive(fileId(file), key, Labels.VAULT, WRAP, Aead.KEY_SIZE);
        byte[] nonce = Arrays.copyOfRange(file, SEALED_AT - Aead.NONCE_SIZE, SEALED_AT);
        byte[] dataKey = Aead.open(wrap, nonce, aad(file), file, SEALED_AT, HASH_AT - SEALED_AT)
                .orElseThrow(() -> new VaultException(
                        VaultException.Reason.WRONG_PASSPHRASE,
                        "the passphrase is not that of this profile",
                        "Try again; nobody can reset it.",
                        null));
        Arrays.fill(wrap, (byte) 0);
        return new VaultHeader(cost, salt, key, Secret.wrap(dataKey));
    }

    /** The bytes of a header for a new file, under the same passphrase and data key, with a fresh id. */
    byte[] encode(Randomness randomness) {
        byte[] file = new byte[SIZE];
        ByteBuffer out = ByteBuffer.wrap(file);
        out.put(MAGIC).putShort((short) VERSION).putInt(cost.memoryKiB()).putInt(cost.iterations());
        out.put(salt).put(randomness.bytes(FILE_ID_SIZE));
        byte[] nonce = randomness.bytes(Aead.NONCE_SIZE);
        out.put(nonce);
        byte[] wrap = Hkdf.derive(fileId(file), passphraseKey, Labels.VAULT, WRAP, Aead.KEY_SIZE);
        out.put(Aead.seal(wrap, nonce, aad(file), dataKey.expose()));
        Arrays.fill(wrap, (byte) 0);
        Hash.sha256(Arrays.copyOf(file, HASH_AT)).copyTo(file, HASH_AT);
        return file;
    }

    /** A key for a use within the file with this header. */
    byte[] keyFor(byte[] file, String use) {
        byte[] info = use.getBytes(StandardCharsets.US_ASCII);
        return Hkdf.derive(fileId(file), dataKey.expose(), Labels.VAULT, info, Aead.KEY_SIZE);
    }

    /** A key that stays the same when the file is written anew, for talking to the process that has the vault open. */
    byte[] controlKey() {
        byte[] info = "control".getBytes(StandardCharsets.US_ASCII);
        return Hkdf.derive(new byte[0], dataKey.expose(), Labels.VAULT, info, Aead.KEY_SIZE);
    }

    void wipe() {
        Arrays.fill(passphraseKey, (byte) 0);
        dataKey.wipe();
    }

    private static void check(byte[] file) throws VaultException {
        int shown = Math.min(file.length, MAGIC.length);
        if (shown < MAGIC.length || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw VaultException.damaged("it does not begin like a vault");
        }
        int version = file.length < MAGIC.length + 2 ? 0 : (file[16] & 0xff) << 8 | (file[17] & 0xff);
        if (version > VERSION) {
            throw new VaultException(
                    VaultException.Reason.NEWER_FORMAT,
                    "the vault was written by a newer version of Plainsong (format " + version + ", this one knows "
                            + VERSION + ")",
                    "Use that version or a newer one. The vault was left as it is.",
                    null);
        }
        if (file.length < SIZE
                || !Hash.sha256(Arrays.copyOf(file, HASH_AT))
                        .equals(ByteString.of(Arrays.copyOfRange(file, HASH_AT, SIZE)))) {
            throw VaultException.damaged("its header is not as it was written");
        }
    }

    private static byte[] fileId(byte[] file) {
        int at = SEALED_AT - Aead.NONCE_SIZE - FILE_ID_SIZE;
        return Arrays.copyOfRange(file, at, at + FILE_ID_SIZE);
    }

    private static byte[] aad(byte[] file) {
        return Arrays.copyOf(file, SEALED_AT - Aead.NONCE_SIZE);
    }
}
