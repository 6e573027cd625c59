package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** Names an epoch: SHA-256 of the payload of its proposal (protocol §4.1). */
public record EpochId(ByteString value) implements Comparable<EpochId> {
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** A value of exactly {@link #SIZE} bytes. */
    public EpochId {
        Fields.exactly("epoch id", value, SIZE);
    }

    @Override
    public int compareTo(EpochId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
