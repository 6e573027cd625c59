package org.plainsong.core.bytes;

import java.security.MessageDigest;

/** Comparison of secrets in a time that tells nothing of where they differ (protocol §2). */
public final class ConstantTime {
    private ConstantTime() {}

    /** True if both hold the same bytes; the time depends on the lengths only. */
    public static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
