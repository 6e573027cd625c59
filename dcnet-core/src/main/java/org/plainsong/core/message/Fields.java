package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/** Checks that message records make of their own fields; a failure is our own bug, because the wire has checked before. */
final class Fields {
    private Fields() {}

    static ByteString exactly(String field, ByteString value, int size) {
        if (value.size() != size) {
            throw new IllegalArgumentException(field + ": " + value.size() + " bytes, must be " + size);
        }
        return value;
    }

    static long atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + ": " + value + ", must be at least " + least);
        }
        return value;
    }

    static <T> List<T> copy(List<? extends T> values) {
        return List.copyOf(values);
    }
}
