package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** Hash of a link of the chain: of a record's payload, of a failed record, or the group id before the first epoch (protocol §5.2 prev). */
public record RecordHash(ByteString value) implements Comparable<RecordHash> {
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** A value of exactly {@link #SIZE} bytes. */
    public RecordHash {
        Fields.exactly("record hash", value, SIZE);
    }

    @Override
    public int compareTo(RecordHash other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
