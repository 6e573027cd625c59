package org.plainsong.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;

/**
 * Reads a record from a map: the calls come in the order of its components, name them, and expect the keys 1, 2, 3, …. Errors name the field from the
 * record on; whoever holds the record puts its own name before ({@link FormatException#in}).
 */
final class FieldReader {
    private final CborReader in;
    private int key;

    private FieldReader(CborReader in) {
        this.in = in;
    }

    /** Begins a map of exactly this many fields. */
    static FieldReader map(CborReader in, int fields) throws FormatException {
        in.map("", fields);
        return new FieldReader(in);
    }

    long number(String field) throws FormatException {
        return number(field, 0, Limits.NUMBER);
    }

    long number(String field, long min, long max) throws FormatException {
        return next(field).uint(field, min, max);
    }

    int count(String field, int min, int max) throws FormatException {
        return (int) number(field, min, max);
    }

    /** The number of a server, from 1. */
    int server(String field) throws FormatException {
        return count(field, 1, Limits.SERVERS);
    }

    boolean flag(String field) throws FormatException {
        return next(field).bool(field);
    }

    String text(String field, int minBytes, int maxBytes) throws FormatException {
        return atLeast(field, next(field).text(field, maxBytes), minBytes);
    }

    /** Text of several lines. */
    String prose(String field, int maxBytes) throws FormatException {
        return next(field).textWithControls(field, maxBytes);
    }

    ByteString bytes(String field, int min, int max) throws FormatException {
        return next(field).bytes(field, min, max);
    }

    ByteString exactly(String field, int size) throws FormatException {
        return next(field).bytesExact(field, size);
    }

    ByteString hash(String field) throws FormatException {
        return exactly(field, 32);
    }

    /** A bit set over this many, with every bit beyond them zero. */
    ByteString bits(String field, int over) throws FormatException {
        ByteString bits = exactly(field, (over + 7) / 8);
        if (over % 8 != 0 && (bits.at(over / 8) & 0xff >>> over % 8) != 0) {
            throw new FormatException(field, "a bit beyond the " + over + " that are used is set");
        }
        return bits;
    }

    GroupId group(String field) throws FormatException {
        return new GroupId(exactly(field, GroupId.SIZE));
    }

    EpochId epoch(String field) throws FormatException {
        return new EpochId(exactly(field, EpochId.SIZE));
    }

    RunId run(String field) throws FormatException {
        return new RunId(exactly(field, RunId.SIZE));
    }

    RecordHash link(String field) throws FormatException {
        return new RecordHash(exactly(field, RecordHash.SIZE));
    }

    MemberId member(String field) throws FormatException {
        return new MemberId(exactly(field, MemberId.SIZE));
    }

    PublicKey key(String field) throws FormatException {
        return new PublicKey(exactly(field, PublicKey.SIZE));
    }

    AttemptId attempt(String field, long minRound) throws FormatException {
        CborReader value = next(field);
        try {
            return attempt(value, minRound);
        } catch (FormatException e) {
            throw e.in(field);
        }
    }

    static AttemptId attempt(CborReader in, long minRound) throws FormatException {
        in.arrayExact("", 3);
        EpochId epoch = new EpochId(in.bytesExact("epoch", EpochId.SIZE));
        long round = in.uint("round", minRound, Limits.NUMBER);
        return new AttemptId(epoch, round, in.uintAsInt("attempt", round == 0 ? 0 : Integer.MAX_VALUE));
    }

    /** An item that the caller reads in a way of its own. */
    <T> T item(String field, Item<T> item) throws FormatException {
        CborReader value = next(field);
        try {
            return item.read(value);
        } catch (FormatException e) {
            throw e.in(field);
        }
    }

    <T> List<T> list(String field, int min, int max, Item<T> item) throws FormatException {
        return list(next(field), field, min, max, item);
    }

    static <T> List<T> list(CborReader in, String field, int min, int max, Item<T> item) throws FormatException {
        int count = in.array(field, min, max);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            try {
                values.add(item.read(in));
            } catch (FormatException e) {
                throw e.in(field + "[" + i + "]");
            }
        }
        return values;
    }

    /** Byte strings of one size. */
    List<ByteString> byteStrings(String field, int min, int max, int size) throws FormatException {
        return list(field, min, max, in -> in.bytesExact("", size));
    }

    /** Exactly {@code count} hashes. */
    List<ByteString> hashes(String field, int count) throws FormatException {
        return byteStrings(field, count, count, 32);
    }

    /** Members in ascending order, none twice. */
    List<MemberId> members(String field) throws FormatException {
        List<MemberId> members = list(field, 0, Limits.MEMBERS, in -> new MemberId(in.bytesExact("", MemberId.SIZE)));
        return ascending(field, members);
    }

    /** Numbers below {@code bound} in ascending order, none twice. */
    List<Integer> positions(String field, int min, int max, int bound) throws FormatException {
        List<Integer> positions = list(field, min, max, in -> in.uintAsInt("", bound - 1));
        return ascending(field, positions);
    }

    /** Envelopes of one type. */
    <M extends Message> List<Signed<M>> envelopes(String field, int min, int max, Class<M> type)
            throws FormatException {
        return list(field, min, max, in -> Envelopes.read(in.nested("", Limits.ENVELOPE), type));
    }

    /** Refuses a list that is not in ascending order or has an entry twice. */
    static <T extends Comparable<? super T>> List<T> ascending(String field, List<T> values) throws FormatException {
        return ascending(field, values, Comparator.naturalOrder());
    }

    /** Refuses a list that is not in ascending order or has an entry twice. */
    static <T> List<T> ascending(String field, List<T> values, Comparator<? super T> order) throws FormatException {
        for (int i = 1; i < values.size(); i++) {
            int compared = order.compare(values.get(i - 1), values.get(i));
            if (compared >= 0) {
                throw new FormatException(
                        field + "[" + i + "]",
                        compared == 0 ? "the same as the entry before" : "out of order, the list is ascending");
            }
        }
        return values;
    }

    static String atLeast(String field, String text, int minBytes) throws FormatException {
        if (minBytes > 0 && text.getBytes(StandardCharsets.UTF_8).length < minBytes) {
            throw new FormatException(field, "at least " + minBytes + " bytes needed");
        }
        return text;
    }

    private CborReader next(String field) throws FormatException {
        key++;
        in.key(field, key);
        return in;
    }

    /** Reads one item; errors name the field within it, or nothing if it is the item itself. */
    interface Item<T> {
        T read(CborReader in) throws FormatException;
    }
}
