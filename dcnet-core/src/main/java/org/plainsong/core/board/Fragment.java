package org.plainsong.core.board;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;

/**
 * A piece of a content in the body of one frame (protocol §7): CBOR array [content id, total, offset, bytes].
 *
 * @param content whose piece it is
 * @param total bytes of the whole content, 1 to {@link BoardLimits#MAX_CONTENT_BYTES}
 * @param offset where the piece begins, from 0
 * @param bytes at least one, not beyond {@code total}
 */
public record Fragment(ContentId content, int total, int offset, ByteString bytes) {
    /** Bytes of a body that carries something of any content at any offset. */
    public static final int MIN_ROOM = 1 + 1 + ContentId.SIZE + 5 + 5 + 1 + 1;

    /** Checks that the piece lies within the whole. */
    public Fragment {
        if (total < 1 || offset < 0 || bytes.isEmpty() || offset > total - bytes.size()) {
            throw new IllegalArgumentException(
                    "fragment of " + bytes.size() + " bytes at " + offset + " of " + total + " bytes");
        }
    }

    /** Whether the content ends with it. */
    public boolean isLast() {
        return offset + bytes.size() == total;
    }

    /** The one encoding. */
    public ByteString encode() {
        CborWriter out = new CborWriter(bytes.size() + 40);
        return out.array(4)
                .bytes(content.value())
                .uint(total)
                .uint(offset)
                .bytes(bytes)
                .toByteString();
    }

    /**
     * The fragment in a frame's body.
     *
     * @throws FormatException naming the field
     */
    public static Fragment decode(ByteString body) throws FormatException {
        CborReader in = new CborReader(body);
        in.arrayExact("fragment", 4);
        ContentId content = new ContentId(in.bytesExact("content id", ContentId.SIZE));
        int total = (int) in.uint("total", 1, BoardLimits.MAX_CONTENT_BYTES);
        int offset = (int) in.uint("offset", 0, total - 1L);
        ByteString bytes = in.bytes("bytes", 1, total - offset);
        in.end();
        return new Fragment(content, total, offset, bytes);
    }

    /**
     * The piece from {@code offset} on that fills a body best.
     *
     * @param contentBytes the whole content, longer than {@code offset}
     * @param offset what has been sent already
     * @param room bytes that the body may have; {@link #MIN_ROOM} suffices for any content
     */
    public static Fragment cut(ByteString contentBytes, int offset, int room) {
        int left = contentBytes.size() - offset;
        int length = Math.min(left, room - heads(contentBytes.size(), offset, 0));
        while (length > 0 && length + heads(contentBytes.size(), offset, length) > room) {
            length--;
        }
        if (length < 1) {
            throw new IllegalArgumentException("a body of " + room + " bytes has no room for a fragment");
        }
        return new Fragment(
                ContentId.of(contentBytes), contentBytes.size(), offset, contentBytes.slice(offset, offset + length));
    }

    /** Bytes of a body that carries all of a content from {@code offset} on. */
    public static int bodySize(int total, int offset) {
        return total - offset + heads(total, offset, total - offset);
    }

    private static int heads(int total, int offset, int length) {
        return 1 + 1 + ContentId.SIZE + head(total) + head(offset) + head(length);
    }

    private static int head(int argument) {
        if (argument < 24) {
            return 1;
        }
        return argument < 1 << 8 ? 2 : argument < 1 << 16 ? 3 : 5;
    }
}
