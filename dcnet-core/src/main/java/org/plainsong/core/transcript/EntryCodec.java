package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.Limits;

/** Entries as they are published and sent to members (protocol §8; formats, "Entry"). What the envelopes hold is the chain's to check. */
public final class EntryCodec {
    private static final int FIELDS = 4;
    /** Upper bound of all that is neither envelope nor body. */
    private static final int AROUND = 64;

    private static final int LENGTH = 9;

    private EntryCodec() {}

    /** The bytes of an entry. */
    public static ByteString encode(Entry entry) {
        int size = AROUND + entry.body().size();
        for (ByteString envelope : entry.envelopes()) {
            size += LENGTH + envelope.size();
        }
        CborWriter out = new CborWriter(size);
        out.map(FIELDS).key(1).uint(entry.index()).key(2).uint(entry.kind());
        out.key(3).array(entry.envelopes().size());
        for (ByteString envelope : entry.envelopes()) {
            out.bytes(envelope);
        }
        return out.key(4).bytes(entry.body()).toByteString();
    }

    /**
     * Reads an entry.
     *
     * @throws FormatException naming the field, such as {@code entry.envelopes}
     */
    public static Entry decode(ByteString bytes) throws FormatException {
        CborReader in = new CborReader(bytes);
        try {
            Entry entry = read(in);
            in.end();
            return entry;
        } catch (FormatException e) {
            throw e.in("entry");
        }
    }

    private static Entry read(CborReader in) throws FormatException {
        in.map("", FIELDS);
        in.key("index", 1);
        long index = in.uint("index", Limits.NUMBER);
        in.key("kind", 2);
        int kind = (int) in.uint("kind", Entry.GROUP, Entry.VERDICT);
        in.key("envelopes", 3);
        List<ByteString> envelopes = envelopes(in, kind);
        in.key("body", 4);
        return new Entry(index, kind, envelopes, in.bytes("body", 0, mostBody(kind)));
    }

    private static List<ByteString> envelopes(CborReader in, int kind) throws FormatException {
        boolean failed = kind == Entry.FAILED_RECORD;
        int count = in.array(
                "envelopes", failed ? Limits.MIN_SERVERS : 1, failed || kind == Entry.VERDICT ? Limits.SERVERS : 1);
        List<ByteString> envelopes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            envelopes.add(in.bytes("envelopes[" + i + "]", 1, Limits.ENVELOPE));
        }
        return envelopes;
    }

    /** An opening record's body is the address of its setup bundle; the chain refuses other sizes than 0 and 32. */
    private static int mostBody(int kind) {
        return switch (kind) {
            case Entry.OPENING_RECORD -> Hash.SIZE;
            case Entry.RECORD, Entry.VERDICT -> Limits.ROUND;
            default -> 0;
        };
    }
}
