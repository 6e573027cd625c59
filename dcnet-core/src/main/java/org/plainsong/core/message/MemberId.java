package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** Names a member for good, also after a key change: first 16 bytes of the labelled hash "member id" over group id and first public key (protocol §3). */
public record MemberId(ByteString value) implements Comparable<MemberId> {
    /** Size in bytes. */
    public static final int SIZE = 16;

    /** A value of exactly {@link #SIZE} bytes. */
    public MemberId {
        Fields.exactly("member id", value, SIZE);
    }

    @Override
    public int compareTo(MemberId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.hex().substring(0, 8);
    }
}
