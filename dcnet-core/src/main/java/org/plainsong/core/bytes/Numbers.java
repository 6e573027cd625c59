package org.plainsong.core.bytes;

/** Whole numbers as bytes, big-endian and unsigned, as they go into hashes (formats, "Conventions"). */
public final class Numbers {
    private Numbers() {}

    /** One byte, 0 to 255. */
    public static ByteString u8(int value) {
        return encode(value, 1);
    }

    /** Two bytes, 0 to 65,535. */
    public static ByteString u16(int value) {
        return encode(value, 2);
    }

    /** Four bytes, 0 to 2^32 - 1. */
    public static ByteString u32(long value) {
        return encode(value, 4);
    }

    /** Eight bytes, 0 to 2^63 - 1. */
    public static ByteString u64(long value) {
        return encode(value, 8);
    }

    private static ByteString encode(long value, int size) {
        if (value < 0 || (size < 8 && value >>> (8 * size) != 0)) {
            throw new IllegalStateException(value + " does not fit into " + size + " unsigned bytes");
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >>> (8 * (size - 1 - i)));
        }
        return ByteString.wrap(bytes);
    }
}
