package org.plainsong.core.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;

/**
 * Writes the part of CBOR that Plainsong uses, in the deterministic encoding of RFC 8949 §4.2.1: unsigned integers, byte
 * strings, text, booleans, arrays and maps of definite length, every head as short as it can be. The caller writes map keys in
 * ascending order and as many items as a header has announced.
 */
public final class CborWriter {
    static final int UNSIGNED = 0;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int SIMPLE = 7;
    static final byte FALSE = (byte) 0xf4;
    static final byte TRUE = (byte) 0xf5;

    /** Most bytes of a head: the first byte and a 64-bit argument. */
    private static final int MAX_HEAD = 9;

    private byte[] buffer;
    private int size;

    /** A writer that begins small and grows. */
    public CborWriter() {
        this(128);
    }

    /** A writer with room for this many bytes before it has to grow. */
    public CborWriter(int expectedSize) {
        buffer = new byte[Math.max(MAX_HEAD, expectedSize)];
    }

    /**
     * An unsigned integer, 0 to 2^63 - 1.
     *
     * @throws IllegalStateException if it is negative
     */
    public CborWriter uint(long value) {
        head(UNSIGNED, value);
        return this;
    }

    /** A map key; the same as {@link #uint}, by another name for the reader. */
    public CborWriter key(long key) {
        return uint(key);
    }

    /** A byte string. */
    public CborWriter bytes(ByteString value) {
        return bytes(value.unsafeArray(), 0, value.size());
    }

    /** A byte string. */
    public CborWriter bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    /** A byte string of {@code length} bytes of {@code value} from {@code offset} on. */
    public CborWriter bytes(byte[] value, int offset, int length) {
        head(BYTES, length);
        append(value, offset, length);
        return this;
    }

    /**
     * A text in UTF-8.
     *
     * @throws IllegalStateException if it holds half a surrogate pair, which UTF-8 cannot express
     */
    public CborWriter text(String value) {
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a text of " + value.length() + " characters is not Unicode", e);
        }
        head(TEXT, encoded.remaining());
        append(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
        return this;
    }

    /** True or false. */
    public CborWriter bool(boolean value) {
        ensureRoom(1);
        buffer[size++] = value ? TRUE : FALSE;
        return this;
    }

    /** The header of an array; {@code count} items follow. */
    public CborWriter array(int count) {
        head(ARRAY, count);
        return this;
    }

    /** The header of a map; {@code entries} pairs of key and value follow, keys ascending. */
    public CborWriter map(int entries) {
        head(MAP, entries);
        return this;
    }

    /** Items that are encoded already, as they are. */
    public CborWriter raw(ByteString encodedItems) {
        append(encodedItems.unsafeArray(), 0, encodedItems.size());
        return this;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** What has been written. The writer may go on. */
    public ByteString toByteString() {
        return ByteString.wrap(Arrays.copyOf(buffer, size));
    }

    private void head(int major, long argument) {
        if (argument < 0) {
            throw new IllegalStateException("CBOR has no place for the negative number " + argument + " here");
        }
        ensureRoom(MAX_HEAD);
        if (argument < 24) {
            buffer[size++] = (byte) (major << 5 | (int) argument);
        } else {
            int log = argument < 1 << 8 ? 0 : argument < 1 << 16 ? 1 : argument < 1L << 32 ? 2 : 3;
            buffer[size++] = (byte) (major << 5 | 24 + log);
            for (int shift = 8 * ((1 << log) - 1); shift >= 0; shift -= 8) {
                buffer[size++] = (byte) (argument >>> shift);
            }
        }
    }

    private void append(byte[] from, int offset, int length) {
        ensureRoom(length);
        System.arraycopy(from, offset, buffer, size, length);
        size += length;
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
        }
    }
}
