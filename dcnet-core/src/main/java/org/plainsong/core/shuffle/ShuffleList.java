package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;

/**
 * One list L_h with its tree root. As a body it is, for each item, the length in 4 bytes (big-endian), then the item.
 *
 * @param items in order
 * @param root RFC 6962 root with the items as leaves
 */
public record ShuffleList(List<ByteString> items, ByteString root) {
    private static final int LENGTH_BYTES = 4;

    /** Copies the list. */
    public ShuffleList {
        items = List.copyOf(items);
    }

    /** The list of these items. */
    public static ShuffleList of(List<ByteString> items) {
        return new ShuffleList(items, TreeHash.root(items));
    }

    /** Number of items. */
    public int size() {
        return items.size();
    }

    /** The list as a body. */
    public ByteString body() {
        long size = 0;
        for (ByteString item : items) {
            size += LENGTH_BYTES + item.size();
        }
        byte[] body = new byte[Math.toIntExact(size)];
        int at = 0;
        for (ByteString item : items) {
            int length = item.size();
            body[at] = (byte) (length >>> 24);
            body[at + 1] = (byte) (length >>> 16);
            body[at + 2] = (byte) (length >>> 8);
            body[at + 3] = (byte) length;
            item.copyTo(body, at + LENGTH_BYTES);
            at += LENGTH_BYTES + length;
        }
        return ByteString.wrap(body);
    }

    /** Reads a body; nothing if the lengths do not cover it exactly. Items may have any length: {@link ListCheck} judges them. */
    public static Optional<ShuffleList> fromBody(ByteString body) {
        byte[] bytes = body.unsafeArray();
        List<ByteString> items = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            if (bytes.length - at < LENGTH_BYTES) {
                return Optional.empty();
            }
            int length = (bytes[at] & 0xff) << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | (bytes[at + 3] & 0xff);
            at += LENGTH_BYTES;
            if (length < 0 || length > bytes.length - at) {
                return Optional.empty();
            }
            items.add(body.slice(at, at + length));
            at += length;
        }
        return Optional.of(of(items));
    }
}
