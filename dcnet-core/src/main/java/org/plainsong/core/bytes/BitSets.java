package org.plainsong.core.bytes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Sets of positions 0 to n - 1 as they stand in messages (formats, "Conventions"): ⌈n/8⌉ bytes, position i is mask {@code 0x80 >> (i mod 8)} of byte {@code i/8},
 * unused bits are 0. One set has one encoding, so equal sets are equal byte strings.
 */
public final class BitSets {
    private BitSets() {}

    /** Bytes of a set over n positions. */
    public static int sizeFor(int n) {
        return (n + 7) / 8;
    }

    /** The empty set over n positions. */
    public static ByteString none(int n) {
        return ByteString.wrap(new byte[sizeFor(n)]);
    }

    /** The positions for which the test holds. */
    public static ByteString of(int n, IntPredicate test) {
        byte[] bytes = new byte[sizeFor(n)];
        for (int i = 0; i < n; i++) {
            if (test.test(i)) {
                bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
            }
        }
        return ByteString.wrap(bytes);
    }

    /** These positions of n. */
    public static ByteString of(int n, Collection<Integer> positions) {
        byte[] bytes = new byte[sizeFor(n)];
        for (int i : positions) {
            if (i < 0 || i >= n) {
                throw new IllegalStateException("position " + i + " is not within 0.." + (n - 1));
            }
            bytes[i >> 3] |= (byte) (0x80 >> (i & 7));
        }
        return ByteString.wrap(bytes);
    }

    /** Whether this is a set over n positions: the size fits and no unused bit is set. */
    public static boolean isOver(ByteString set, int n) {
        if (set.size() != sizeFor(n)) {
            return false;
        }
        int used = n & 7;
        return used == 0 || (set.at(set.size() - 1) & (0xff >> used)) == 0;
    }

    /** Whether the set holds this position; false for one beyond its bytes. */
    public static boolean contains(ByteString set, int position) {
        int at = position >> 3;
        return at < set.size() && (set.at(at) & (0x80 >> (position & 7))) != 0;
    }

    /** How many positions it holds. */
    public static int count(ByteString set) {
        int count = 0;
        for (int i = 0; i < set.size(); i++) {
            count += Integer.bitCount(set.at(i) & 0xff);
        }
        return count;
    }

    /** Positions in both. */
    public static ByteString and(ByteString one, ByteString other) {
        byte[] bytes = sameSize(one, other);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (one.at(i) & other.at(i));
        }
        return ByteString.wrap(bytes);
    }

    /** Positions in one or both. */
    public static ByteString or(ByteString one, ByteString other) {
        byte[] bytes = sameSize(one, other);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (one.at(i) | other.at(i));
        }
        return ByteString.wrap(bytes);
    }

    /** The positions, ascending. */
    public static List<Integer> positions(ByteString set) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < 8 * set.size(); i++) {
            if (contains(set, i)) {
                positions.add(i);
            }
        }
        return positions;
    }

    private static byte[] sameSize(ByteString one, ByteString other) {
        if (one.size() != other.size()) {
            throw new IllegalStateException(
                    "sets of " + one.size() + " and " + other.size() + " bytes are not over the same positions");
        }
        return new byte[one.size()];
    }
}
