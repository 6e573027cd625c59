package org.plainsong.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.plainsong.core.bytes.ByteString;

/**
 * Reads what {@link CborWriter} writes and nothing else: RFC 8949 in the deterministic encoding of §4.2.1, without tags,
 * negative numbers, floats, simple values but true and false, and indefinite lengths. Each method names the field, so that an error does, and
 * takes a limit, so that a length from the network is compared with it and with what is left before anything is allocated.
 * One value has one encoding: what this accepts, written again, gives the same bytes.
 */
public final class CborReader {
    private static final String[] KINDS = {
        "an unsigned integer",
        "a negative integer",
        "a byte string",
        "a text",
        "an array",
        "a map",
        "a tag",
        "a simple value or float"
    };
    /** Most levels of arrays and maps within an item read by {@link #item}. */
    private static final int MAX_DEPTH = 16;

    private static final long[] SMALLEST_OF_WIDTH = {24, 1L << 8, 1L << 16, 1L << 32};

    private final byte[] input;
    private final int end;
    private int at;

    /** Reads these bytes. */
    public CborReader(ByteString input) {
        this(input.unsafeArray(), 0, input.size());
    }

    /** Reads {@code length} bytes of {@code input} from {@code offset} on; nobody may write to them meanwhile. */
    public CborReader(byte[] input, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, input.length);
        this.input = input;
        this.at = offset;
        this.end = offset + length;
    }

    /** An unsigned integer of at most {@code max}. */
    public long uint(String field, long max) throws FormatException {
        long value = head(field, CborWriter.UNSIGNED);
        if (Long.compareUnsigned(value, max) > 0) {
            throw new FormatException(field, Long.toUnsignedString(value) + " is more than " + max);
        }
        return value;
    }

    /** An unsigned integer from {@code min} to {@code max}. */
    public long uint(String field, long min, long max) throws FormatException {
        long value = uint(field, max);
        if (value < min) {
            throw new FormatException(field, value + " is less than " + min);
        }
        return value;
    }

    /** An unsigned integer of at most {@code max}, as an {@code int}. */
    public int uintAsInt(String field, int max) throws FormatException {
        return (int) uint(field, max);
    }

    /** A byte string of {@code minLength} to {@code maxLength} bytes. */
    public ByteString bytes(String field, int minLength, int maxLength) throws FormatException {
        int length = length(field, CborWriter.BYTES, minLength, maxLength);
        return take(length);
    }

    /** A byte string of exactly {@code length} bytes. */
    public ByteString bytesExact(String field, int length) throws FormatException {
        return bytes(field, length, length);
    }

    /**
     * A text of at most {@code maxBytes} bytes of UTF-8 without control characters (U+0000 to U+001F, U+007F to U+009F):
     * what is shown on one line.
     */
    public String text(String field, int maxBytes) throws FormatException {
        String text = textWithControls(field, maxBytes);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new FormatException(field, "a control character in the text");
        }
        return text;
    }

    /** A text of at most {@code maxBytes} bytes of UTF-8, control characters and NUL allowed. */
    public String textWithControls(String field, int maxBytes) throws FormatException {
        int length = length(field, CborWriter.TEXT, 0, maxBytes);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(input, at, length))
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new FormatException(field, "the text is not UTF-8");
        }
    }

    /** True or false. */
    public boolean bool(String field) throws FormatException {
        if (at == end) {
            throw new FormatException(field, "missing, the bytes end before it");
        }
        byte found = input[at];
        if (found != CborWriter.FALSE && found != CborWriter.TRUE) {
            throw new FormatException(field, KINDS[(found & 0xff) >>> 5] + " instead of true or false");
        }
        at++;
        return found == CborWriter.TRUE;
    }

    /** A byte string of at most {@code maxLength} bytes that itself holds CBOR, to be read where it lies. */
    public CborReader nested(String field, int maxLength) throws FormatException {
        int length = length(field, CborWriter.BYTES, 1, maxLength);
        CborReader inner = new CborReader(input, at, length);
        at += length;
        return inner;
    }

    /** The header of an array of {@code min} to {@code max} items; gives their number. */
    public int array(String field, int min, int max) throws FormatException {
        return count(field, CborWriter.ARRAY, min, max, 1);
    }

    /** The header of an array of exactly {@code count} items. */
    public void arrayExact(String field, int count) throws FormatException {
        array(field, count, count);
    }

    /** The header of a map of exactly {@code entries} entries. */
    public void map(String field, int entries) throws FormatException {
        mapBetween(field, entries, entries);
    }

    /** The header of a map of {@code min} to {@code max} entries; gives their number. */
    public int mapBetween(String field, int min, int max) throws FormatException {
        return count(field, CborWriter.MAP, min, max, 2);
    }

    /** The next map key, which must be {@code expected}. Asked for in ascending order, no key can come twice or unsorted. */
    public void key(String field, long expected) throws FormatException {
        long key = head(field, CborWriter.UNSIGNED);
        if (key != expected) {
            throw new FormatException(field, "key " + Long.toUnsignedString(key) + " instead of " + expected);
        }
    }

    /** True, and the key is read, if the next item is the map key {@code expected}; else nothing is read. */
    public boolean keyIf(long expected) {
        int before = at;
        try {
            if (head("key", CborWriter.UNSIGNED) == expected) {
                return true;
            }
        } catch (FormatException e) {
            // Whatever stands there instead is reported by the method that reads it.
        }
        at = before;
        return false;
    }

    /** A whole item of any kind that this reader knows, with all it holds, of at most {@code maxBytes} bytes, as it stands. */
    public ByteString item(String field, int maxBytes) throws FormatException {
        int start = at;
        skip(field, 0);
        if (at - start > maxBytes) {
            throw new FormatException(field, (at - start) + " bytes, at most " + maxBytes + " allowed");
        }
        return ByteString.wrap(Arrays.copyOfRange(input, start, at));
    }

    /** Refuses bytes after what has been read. */
    public void end() throws FormatException {
        if (at != end) {
            throw new FormatException("end", (end - at) + " bytes too many");
        }
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - at;
    }

    private ByteString take(int length) {
        ByteString taken = ByteString.wrap(Arrays.copyOfRange(input, at, at + length));
        at += length;
        return taken;
    }

    /** Length of a string, within its limits and within what is left. */
    private int length(String field, int major, int min, int max) throws FormatException {
        long length = head(field, major);
        if (Long.compareUnsigned(length, max) > 0) {
            throw new FormatException(field, Long.toUnsignedString(length) + " bytes, at most " + max + " allowed");
        }
        if (length < min) {
            throw new FormatException(field, length + " bytes, at least " + min + " needed");
        }
        if (length > end - at) {
            throw new FormatException(field, "ends after " + (end - at) + " of " + length + " bytes");
        }
        return (int) length;
    }

    /** Number of items, within its limits and within what is left, where each needs a byte at least. */
    private int count(String field, int major, int min, int max, int bytesEach) throws FormatException {
        long count = head(field, major);
        if (Long.compareUnsigned(count, max) > 0) {
            throw new FormatException(field, Long.toUnsignedString(count) + " entries, at most " + max + " allowed");
        }
        if (count < min) {
            throw new FormatException(field, count + " entries, at least " + min + " needed");
        }
        if (count * bytesEach > end - at) {
            throw new FormatException(field, "no room for " + count + " entries in " + (end - at) + " bytes");
        }
        return (int) count;
    }

    /** Reads a head of this major type and gives its argument, unsigned. */
    private long head(String field, int major) throws FormatException {
        if (at == end) {
            throw new FormatException(field, "missing, the bytes end before it");
        }
        int found = (input[at] & 0xff) >>> 5;
        if (found != major) {
            throw new FormatException(field, KINDS[found] + " instead of " + KINDS[major]);
        }
        return argument(field);
    }

    private long argument(String field) throws FormatException {
        int low = input[at] & 0x1f;
        if (low < 24) {
            at++;
            return low;
        }
        if (low > 27) {
            throw new FormatException(field, low == 31 ? "indefinite length" : "reserved length form");
        }
        int width = 1 << (low - 24);
        if (width >= end - at) {
            throw new FormatException(field, "the bytes end within its head");
        }
        long value = 0;
        for (int i = 1; i <= width; i++) {
            value = (value << 8) | (input[at + i] & 0xff);
        }
        if (Long.compareUnsigned(value, SMALLEST_OF_WIDTH[low - 24]) < 0) {
            throw new FormatException(field, "not the shortest form of " + Long.toUnsignedString(value));
        }
        at += 1 + width;
        return value;
    }

    private void skip(String field, int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw new FormatException(field, "more than " + MAX_DEPTH + " levels deep");
        }
        int major = at == end ? CborWriter.UNSIGNED : (input[at] & 0xff) >>> 5;
        switch (major) {
            case CborWriter.UNSIGNED -> uint(field, Long.MAX_VALUE);
            case CborWriter.BYTES -> skipBytes(length(field, major, 0, Integer.MAX_VALUE));
            case CborWriter.TEXT -> textWithControls(field, Integer.MAX_VALUE);
            case CborWriter.ARRAY -> {
                for (int left = count(field, major, 0, Integer.MAX_VALUE, 1); left > 0; left--) {
                    skip(field, depth + 1);
                }
            }
            case CborWriter.MAP -> skipEntries(field, depth);
            case CborWriter.SIMPLE -> bool(field);
            default -> throw new FormatException(field, KINDS[major] + " is not used here");
        }
    }

    private void skipBytes(int count) {
        at += count;
    }

    private void skipEntries(String field, int depth) throws FormatException {
        long previous = -1;
        for (int left = count(field, CborWriter.MAP, 0, Integer.MAX_VALUE, 2); left > 0; left--) {
            long key = uint(field, Long.MAX_VALUE);
            if (key <= previous) {
                throw new FormatException(field, "key " + key + " after key " + previous);
            }
            previous = key;
            skip(field, depth + 1);
        }
    }
}
