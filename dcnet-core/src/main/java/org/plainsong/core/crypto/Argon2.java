package org.plainsong.core.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id version 1.3: a key from a passphrase, made slow and memory-hungry on purpose (RFC 9106, protocol §2). */
public final class Argon2 {
    /** Bytes of the derived key. */
    public static final int KEY_SIZE = 32;
    /** Fewest bytes of salt (RFC 9106 §3.1 recommends 16). */
    public static final int MIN_SALT_SIZE = 8;

    private Argon2() {}

    /**
     * A 32-byte key.
     *
     * @param passphrase secret bytes; the caller wipes them
     * @param salt at least {@link #MIN_SALT_SIZE} bytes
     * @param memoryKiB memory in KiB, at least 8 for each lane
     * @param iterations passes over the memory, at least 1
     * @param parallelism lanes, at least 1; they are filled one after the other here
     */
    public static byte[] derive(byte[] passphrase, byte[] salt, int memoryKiB, int iterations, int parallelism) {
        if (salt.length < MIN_SALT_SIZE || iterations < 1 || parallelism < 1 || memoryKiB / 8 < parallelism) {
            throw new IllegalStateException("Argon2id cannot run with a salt of " + salt.length + " bytes, " + memoryKiB
                    + " KiB, " + iterations + " iterations, " + parallelism + " lanes");
        }
        return tag(
                passphrase,
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withSalt(salt)
                        .withMemoryAsKB(memoryKiB)
                        .withIterations(iterations)
                        .withParallelism(parallelism));
    }

    /** The tag for parameters of any kind; the vectors of RFC 9106 also use a secret and associated data. */
    static byte[] tag(byte[] passphrase, Argon2Parameters.Builder parameters) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                parameters.withVersion(Argon2Parameters.ARGON2_VERSION_13).build());
        byte[] key = new byte[KEY_SIZE];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
