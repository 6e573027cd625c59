package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** Names a group: SHA-256 of the payload of its definition (protocol §3). */
public record GroupId(ByteString value) implements Comparable<GroupId> {
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** A value of exactly {@link #SIZE} bytes. */
    public GroupId {
        Fields.exactly("group id", value, SIZE);
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
