package org.plainsong.core.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

/**
 * What a payload ought to be, built from the record itself by one rule ("key n is component n") and by none of the code under test: a tree of CBOR items that
 * know their path. It can be written as it should be, or broken in one place.
 */
sealed interface CborNode {
    /** Where it stands, as an error would say it. */
    String path();

    /** What it holds, in order; for a map keys alternate with values. */
    default List<CborNode> children() {
        return List.of();
    }

    record Uint(String path, long value) implements CborNode {}

    record Key(String path, long value) implements CborNode {}

    record Bool(String path, boolean value) implements CborNode {}

    record Text(String path, String value) implements CborNode {}

    record Bytes(String path, ByteString value) implements CborNode {}

    /** A byte string that holds the encoding of another item. */
    record Holder(String path, CborNode inner) implements CborNode {
        @Override
        public List<CborNode> children() {
            return List.of(inner);
        }
    }

    record Array(String path, List<CborNode> children) implements CborNode {}

    /** Keys alternate with values. */
    record Entries(String path, List<CborNode> children) implements CborNode {}

    /** The tree of a record, at this path. */
    static CborNode of(Object value, String path) {
        return switch (value) {
            case Integer n -> new Uint(path, n);
            case Long n -> new Uint(path, n);
            case Boolean b -> new Bool(path, b);
            case String s -> new Text(path, s);
            case ByteString b -> new Bytes(path, b);
            case List<?> list -> {
                List<CborNode> items = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    items.add(of(list.get(i), path + "[" + i + "]"));
                }
                yield new Array(path, items);
            }
            case Signed<?> signed -> new Holder(path, envelope(signed, path, path + ".payload"));
            case AttemptId at ->
                new Array(
                        path,
                        List.of(
                                of(at.epoch(), path + ".epoch"),
                                of(at.round(), path + ".round"),
                                of(at.attempt(), path + ".attempt")));
            case RosterChange change -> {
                int kind = Arrays.asList(RosterChange.class.getPermittedSubclasses())
                                .indexOf(change.getClass())
                        + 1;
                yield new Array(path, List.of(new Uint(path + ".kind", kind), record((java.lang.Record) change, path)));
            }
            case java.lang.Record plain -> isWrapper(plain) ? of(component(plain, 0), path) : record(plain, path);
            default -> throw new IllegalStateException("no rule for " + value.getClass());
        };
    }

    /** The tree of an envelope; its payload's fields have another path than its own. */
    static CborNode envelope(Signed<?> signed, String path, String payloadPath) {
        List<CborNode> signatures = new ArrayList<>();
        for (int i = 0; i < signed.signatures().size(); i++) {
            Signature signature = signed.signatures().get(i);
            String at = path + ".signatures[" + i + "]";
            signatures.add(new Array(
                    at, List.of(of(signature.signer(), at + ".signer"), new Bytes(at + ".value", signature.value()))));
        }
        return new Array(
                path,
                List.of(
                        new Text(path + ".type", signed.message().type()),
                        new Holder(path + ".payload", of(signed.message(), payloadPath)),
                        new Array(path + ".signatures", signatures)));
    }

    private static CborNode record(java.lang.Record record, String path) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        List<CborNode> entries = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            String at = path.isEmpty() ? components[i].getName() : path + "." + components[i].getName();
            entries.add(new Key(at, i + 1));
            entries.add(of(component(record, i), at));
        }
        return new Entries(path, entries);
    }

    private static boolean isWrapper(java.lang.Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        return components.length == 1 && components[0].getName().equals("value");
    }

    static Object component(java.lang.Record record, int index) {
        try {
            var accessor = record.getClass().getRecordComponents()[index].getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every item of the tree, this one first. */
    default List<CborNode> flat() {
        List<CborNode> all = new ArrayList<>();
        all.add(this);
        for (CborNode child : children()) {
            all.addAll(child.flat());
        }
        return all;
    }

    /** The right encoding. */
    default ByteString encode() {
        return encode(this, Damage.NONE);
    }

    /** The encoding with {@code damage} done to {@code broken}, one of this tree's items. */
    default ByteString encode(CborNode broken, Damage damage) {
        return ByteString.concat(parts(broken, damage).toArray(ByteString[]::new));
    }

    @SuppressWarnings("ReferenceEquality") // equal items elsewhere in the tree stay whole
    private List<ByteString> parts(CborNode broken, Damage damage) {
        Damage mine = this == broken ? damage : Damage.NONE;
        return switch (this) {
            case Uint n -> List.of(mine.head(0, n.value()));
            case Key n ->
                List.of(mine.head(0, n.value() + (mine == Damage.WRONG_KEY ? 40 : mine == Damage.SAME_KEY ? -1 : 0)));
            case Bool b -> List.of(mine == Damage.WRONG_TYPE ? ByteString.of((byte) 0) : bool(b.value()));
            case Text t -> string(mine, 3, ByteString.wrap(t.value().getBytes(StandardCharsets.UTF_8)));
            case Bytes b -> string(mine, 2, b.value());
            case Holder h -> string(mine, 2, h.inner().encode(broken, damage));
            case Array a -> items(mine, 4, a.children(), 1, broken, damage);
            case Entries m -> items(mine, 5, m.children(), 2, broken, damage);
        };
    }

    private static ByteString bool(boolean value) {
        return ByteString.of((byte) (value ? 0xf5 : 0xf4));
    }

    private static List<ByteString> string(Damage mine, int major, ByteString content) {
        ByteString damaged = switch (mine) {
            case SHORTER -> content.slice(0, content.size() - 1);
            case LONGER -> ByteString.concat(content, ByteString.of((byte) '0'));
            default -> content;
        };
        return List.of(mine.head(major, damaged.size()), damaged);
    }

    private static List<ByteString> items(
            Damage mine, int major, List<CborNode> children, int width, CborNode broken, Damage damage) {
        List<ByteString> parts = new ArrayList<>();
        for (CborNode child : children) {
            parts.add(child.encode(broken, damage));
        }
        switch (mine) {
            case FEWER -> parts.subList(parts.size() - width, parts.size()).clear();
            case MORE -> {
                if (width == 2) {
                    parts.add(Damage.NONE.head(0, parts.size() / 2 + 1L));
                }
                parts.add(parts.get(width - 1));
            }
            case TWICE -> parts.addAll(List.copyOf(parts.subList(parts.size() - width, parts.size())));
            default -> {}
        }
        parts.add(0, mine.head(major, parts.size() / width));
        return parts;
    }
}
