package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** Names one run of the accountable shuffle (protocol §4.3). */
public record RunId(ByteString value) implements Comparable<RunId> {
    /** Size in bytes. */
    public static final int SIZE = 32;

    /** A value of exactly {@link #SIZE} bytes. */
    public RunId {
        Fields.exactly("run id", value, SIZE);
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
