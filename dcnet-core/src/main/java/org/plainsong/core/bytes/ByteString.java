package org.plainsong.core.bytes;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of bytes: hashes, keys, ids, signatures, encoded messages.
 *
 * <p>Two byte strings are equal when they hold the same bytes. They are ordered as unsigned bytes from the left; a string
 * that is the beginning of another comes before it. Not for secrets: see {@link Secret}.
 */
public final class ByteString implements Comparable<ByteString> {
    /** The byte string without bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private static final HexFormat HEX = HexFormat.of();
    private static final int SHOWN_BYTES = 4;

    private final byte[] bytes;
    /** Zero means not computed yet; the race between threads is harmless because each computes the same value. */
    private int hash;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A byte string with a copy of these bytes. */
    public static ByteString of(byte... copied) {
        return copied.length == 0 ? EMPTY : new ByteString(copied.clone());
    }

    /** A byte string over this very array, which from now on belongs to the byte string: the caller never writes to it again. */
    public static ByteString wrap(byte[] owned) {
        return owned.length == 0 ? EMPTY : new ByteString(owned);
    }

    /**
     * Reads hexadecimal digits of either case, two a byte, nothing between them.
     *
     * @throws IllegalArgumentException if the text has an odd number of characters or one that is no hexadecimal digit
     */
    public static ByteString fromHex(String hex) {
        return wrap(HEX.parseHex(hex));
    }

    /** All parts, one after the other. */
    public static ByteString concat(ByteString... parts) {
        int size = 0;
        for (ByteString part : parts) {
            size = Math.addExact(size, part.bytes.length);
        }
        byte[] all = new byte[size];
        int at = 0;
        for (ByteString part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.bytes.length);
            at += part.bytes.length;
        }
        return wrap(all);
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** True if there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /**
     * The byte at this position, from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public byte at(int index) {
        return bytes[index];
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * The inner array itself, without a copy, for hot paths that only read (hashing, signing, sending).
     *
     * <p>Never write to it and never hand it to code that might: equality, hash codes and map keys rest on it.
     */
    public byte[] unsafeArray() {
        return bytes;
    }

    /**
     * The bytes from position {@code from} up to, not including, {@code to}.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= size()}
     */
    public ByteString slice(int from, int to) {
        if (from < 0 || from > to || to > bytes.length) {
            throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + bytes.length + " bytes");
        }
        return from == 0 && to == bytes.length ? this : wrap(Arrays.copyOfRange(bytes, from, to));
    }

    /** True if these bytes begin with those of {@code prefix}. */
    public boolean startsWith(ByteString prefix) {
        return prefix.bytes.length <= bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    /** Copies all bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** All bytes as lower-case hexadecimal digits. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ByteString that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        int computed = hash;
        if (computed == 0) {
            computed = Arrays.hashCode(bytes);
            hash = computed;
        }
        return computed;
    }

    /** The first four bytes in hexadecimal and the length: enough to tell values apart in a log, too little to fill it. */
    @Override
    public String toString() {
        if (bytes.length <= SHOWN_BYTES) {
            return hex() + " (" + bytes.length + " bytes)";
        }
        return HEX.formatHex(bytes, 0, SHOWN_BYTES) + "… (" + bytes.length + " bytes)";
    }
}
