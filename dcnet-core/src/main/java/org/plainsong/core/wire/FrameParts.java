package org.plainsong.core.wire;

import org.plainsong.core.bytes.ByteString;

/**
 * A frame as two pieces of bytes that are sent one after the other, so that large bytes are handed on and not copied.
 *
 * @param head kind, lengths, and everything small
 * @param tail the body of a statement or the bytes of an entry, the very ones of the frame; else empty
 */
public record FrameParts(ByteString head, ByteString tail) {
    /** Bytes of the whole frame. */
    public int size() {
        return Math.addExact(head.size(), tail.size());
    }

    /** The whole frame in one piece, copied. */
    public ByteString whole() {
        return tail.isEmpty() ? head : ByteString.concat(head, tail);
    }
}
