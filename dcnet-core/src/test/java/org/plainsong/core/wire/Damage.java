package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/** One thing that is wrong with one item of an encoding. */
enum Damage {
    /** Nothing. */
    NONE,
    /** Another kind of item. */
    WRONG_TYPE,
    /** A map key that is not expected there. */
    WRONG_KEY,
    /** The map key before once more. */
    SAME_KEY,
    /** A head that is longer than it has to be. */
    NOT_SHORTEST,
    /** Indefinite length. */
    INDEFINITE,
    /** A string that lacks its last byte. */
    SHORTER,
    /** A string with a byte too many. */
    LONGER,
    /** An array or map without its last entry. */
    FEWER,
    /** An array or map with an entry too many. */
    MORE,
    /** An array or map whose last entry stands there twice. */
    TWICE;

    /** What can be done to such an item so that it is wrong whatever its limits are; lengths are only damaged where they are fixed or named by a count. */
    static List<Damage> of(CborNode node) {
        return switch (node) {
            case CborNode.Uint n -> width(n.value()) == 8 ? List.of(WRONG_TYPE) : List.of(WRONG_TYPE, NOT_SHORTEST);
            case CborNode.Key ignored -> List.of(WRONG_TYPE, WRONG_KEY, SAME_KEY, NOT_SHORTEST);
            case CborNode.Bool ignored -> List.of(WRONG_TYPE);
            case CborNode.Text ignored -> List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE);
            case CborNode.Bytes b ->
                isFixed(b)
                        ? List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE, SHORTER, LONGER)
                        : List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE);
            case CborNode.Holder ignored -> List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE, SHORTER, LONGER);
            case CborNode.Array ignored -> List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE);
            case CborNode.Entries ignored -> List.of(WRONG_TYPE, NOT_SHORTEST, INDEFINITE, FEWER, MORE, TWICE);
        };
    }

    private static boolean isFixed(CborNode.Bytes bytes) {
        boolean variable = bytes.path().endsWith("submission.item")
                || bytes.path().endsWith("core")
                || bytes.path().endsWith("participants");
        return !variable && !bytes.value().isEmpty();
    }

    /** A head with this damage. */
    ByteString head(int major, long argument) {
        int kind = this == WRONG_TYPE ? (major == 0 ? 2 : 0) : major;
        if (this == INDEFINITE) {
            return ByteString.of((byte) ((major << 5) | 31));
        }
        int width = width(argument);
        if (this == NOT_SHORTEST) {
            width = width == 0 ? 1 : width * 2;
        }
        byte[] head = new byte[1 + width];
        int low = width == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(width);
        head[0] = (byte) ((kind << 5) | low);
        for (int i = 0; i < width; i++) {
            head[width - i] = (byte) (argument >>> (8 * i));
        }
        return ByteString.wrap(head);
    }

    private static int width(long argument) {
        if (argument < 24) {
            return 0;
        }
        return argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x1_0000_0000L ? 4 : 8;
    }
}
