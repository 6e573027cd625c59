package org.plainsong.core.crypto;

/**
 * Where random bytes come from. The protocol draws none of its own: a program hands in the operating system's generator
 * ({@code SecureRandom::nextBytes}), a test or a simulation a {@link #seeded} one.
 */
@FunctionalInterface
public interface Randomness {
    /** Fills the whole array with random bytes. */
    void fill(byte[] target);

    /** This many fresh random bytes. */
    default byte[] bytes(int count) {
        byte[] drawn = new byte[count];
        fill(drawn);
        return drawn;
    }

    /**
     * The same bytes again for the same seed, for tests and simulations. They cannot be told from random ones without the
     * seed: HMAC-SHA-256 under the seed of a counter. Never for a running group. Not safe for several threads.
     */
    static Randomness seeded(byte[] seed) {
        return new SeededRandomness(seed);
    }
}
