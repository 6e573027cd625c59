package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Signed;

/** Writes a record as a map: the calls come in the order of its components and give the keys 1, 2, 3, …. */
final class FieldWriter {
    private final CborWriter out;
    private int key;

    private FieldWriter(CborWriter out) {
        this.out = out;
    }

    /** Begins a map of this many fields. */
    static FieldWriter map(CborWriter out, int fields) {
        out.map(fields);
        return new FieldWriter(out);
    }

    FieldWriter uint(long value) {
        next().uint(value);
        return this;
    }

    FieldWriter flag(boolean value) {
        next().bool(value);
        return this;
    }

    FieldWriter bytes(ByteString value) {
        next().bytes(value);
        return this;
    }

    FieldWriter text(String value) {
        next().text(value);
        return this;
    }

    FieldWriter attempt(AttemptId at) {
        attempt(next(), at);
        return this;
    }

    /** An item that the caller writes in a way of its own. */
    <T> FieldWriter item(T value, Item<T> item) {
        item.write(next(), value);
        return this;
    }

    <T> FieldWriter list(List<T> values, Item<T> item) {
        next().array(values.size());
        for (T value : values) {
            item.write(out, value);
        }
        return this;
    }

    FieldWriter byteStrings(List<ByteString> values) {
        return list(values, (o, value) -> o.bytes(value));
    }

    FieldWriter numbers(List<Integer> values) {
        return list(values, (o, value) -> o.uint(value));
    }

    FieldWriter envelopes(List<? extends Signed<?>> values) {
        next().array(values.size());
        for (Signed<?> value : values) {
            out.bytes(Envelopes.encode(value));
        }
        return this;
    }

    static void attempt(CborWriter out, AttemptId at) {
        out.array(3).bytes(at.epoch().value()).uint(at.round()).uint(at.attempt());
    }

    private CborWriter next() {
        key++;
        return out.key(key);
    }

    /** Writes one item. */
    interface Item<T> {
        void write(CborWriter out, T value);
    }
}
