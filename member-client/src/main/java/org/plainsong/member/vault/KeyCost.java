package org.plainsong.member.vault;

/**
 * What it costs to try a passphrase: Argon2id (RFC 9106). Stored in the vault, so that each opens with its own.
 *
 * @param memoryKiB memory in KiB, 8 to 4,194,304
 * @param iterations passes over the memory, 1 to 64
 */
public record KeyCost(int memoryKiB, int iterations) {
    /** Smallest memory, KiB. */
    static final int MIN_MEMORY = 8;
    /** Largest memory, KiB: a damaged header shall not ask for more than a machine may have. */
    static final int MAX_MEMORY = 4 << 20;
    /** Most passes. */
    static final int MAX_ITERATIONS = 64;

    /** Checks the ranges. */
    public KeyCost {
        if (memoryKiB < MIN_MEMORY || memoryKiB > MAX_MEMORY || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("Argon2id with " + memoryKiB + " KiB and " + iterations + " iterations");
        }
    }

    /** For people: about half a second on a desktop machine. */
    public static KeyCost standard() {
        return new KeyCost(128 << 10, 3);
    }

    /** For tests and simulated members only: protects nothing. */
    public static KeyCost none() {
        return new KeyCost(MIN_MEMORY, 1);
    }
}
