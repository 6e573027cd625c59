package org.plainsong.core.anonymity;

import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Policy;

/** The smallest set with which an attempt is ever revealed (protocol §5.5). Integer arithmetic only, so that everyone comes to the same number. */
public final class Floor {
    private static final int PER_MILLE = 1000;

    private Floor() {}

    /** {@code max(minimum, ⌈alpha · expected / 1000⌉)}: how many of the expected must take part. */
    public static int required(int expected, int minimum, int alphaPermille) {
        return Math.max(minimum, (int) (((long) alphaPermille * expected + PER_MILLE - 1) / PER_MILLE));
    }

    /** How many of these expected must take part under this policy. */
    public static int required(ByteString expected, Policy policy) {
        return required(BitSets.count(expected), policy.minParticipants(), policy.alphaPermille());
    }

    /** Whether enough of the expected take part; others that take part do not count yet. Both are bit sets over the enrolled. */
    public static boolean isReached(ByteString participants, ByteString expected, Policy policy) {
        return BitSets.count(BitSets.and(participants, expected)) >= required(expected, policy);
    }
}
