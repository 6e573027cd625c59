package org.plainsong.core.board;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;

/**
 * Names a content: the first 16 bytes of the labelled hash "content id" over its bytes (protocol §7). A content holds a
 * random nonce, so two people who write the same words have two ids, and one that is sent again keeps its id.
 *
 * @param value exactly {@link #SIZE} bytes
 */
public record ContentId(ByteString value) implements Comparable<ContentId> {
    /** Size in bytes. */
    public static final int SIZE = 16;

    /** A value of exactly {@link #SIZE} bytes. */
    public ContentId {
        if (value.size() != SIZE) {
            throw new IllegalArgumentException("content id: " + value.size() + " bytes, must be " + SIZE);
        }
    }

    /** The id of a content with these bytes. */
    public static ContentId of(ByteString contentBytes) {
        return new ContentId(Hash.labelled(Labels.CONTENT_ID, contentBytes).slice(0, SIZE));
    }

    /** All 32 hexadecimal digits. */
    public String hex() {
        return value.hex();
    }

    @Override
    public int compareTo(ContentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
