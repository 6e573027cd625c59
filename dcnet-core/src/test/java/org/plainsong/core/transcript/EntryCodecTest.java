package org.plainsong.core.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.FormatException;

final class EntryCodecTest {
    private static final ByteString A = ByteString.fromHex("a1");
    private static final ByteString B = ByteString.fromHex("b2");

    @Test
    void isAMapOfFourFields() throws FormatException {
        Entry entry = new Entry(300, Entry.RECORD, List.of(A), ByteString.fromHex("c3c4"));
        ByteString bytes = ByteString.fromHex("a4" + "0119012c" + "0204" + "038141a1" + "0442c3c4");
        assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
        assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
    }

    @Test
    void aFailedRecordHasTheStatementsOfAllServers() throws FormatException {
        Entry entry = new Entry(7, Entry.FAILED_RECORD, List.of(A, B), ByteString.EMPTY);
        assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
        assertThat(refused(new Entry(7, Entry.FAILED_RECORD, List.of(A), ByteString.EMPTY)))
                .isEqualTo("entry.envelopes: 1 entries, at least 2 needed");
    }

    @Test
    void everyOtherEntryHasOneEnvelopeAndTheRosterNoBody() {
        for (int kind : List.of(Entry.GROUP, Entry.ROSTER, Entry.OPENING_RECORD)) {
            assertThat(refused(new Entry(0, kind, List.of(A, B), ByteString.EMPTY)))
                    .isEqualTo("entry.envelopes: 2 entries, at most 1 allowed");
        }
        for (int kind : List.of(Entry.GROUP, Entry.ROSTER)) {
            assertThat(refused(new Entry(0, kind, List.of(A), B))).isEqualTo("entry.body: 1 bytes, at most 0 allowed");
        }
        assertThat(refused(new Entry(0, Entry.RECORD, List.of(), ByteString.EMPTY)))
                .isEqualTo("entry.envelopes: 0 entries, at least 1 needed");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(refused(new Entry(1L << 53, Entry.RECORD, List.of(A), B))).startsWith("entry.index: ");
        assertThat(refused(new Entry(0, 7, List.of(A), B))).isEqualTo("entry.kind: 7 is more than 6");
        assertThat(refused(new Entry(0, 0, List.of(A), B))).isEqualTo("entry.kind: 0 is less than 1");
        assertThat(refused(new Entry(0, Entry.FAILED_RECORD, List.of(A, ByteString.EMPTY), ByteString.EMPTY)))
                .isEqualTo("entry.envelopes[1]: 0 bytes, at least 1 needed");
        assertThat(refused(ByteString.fromHex("a40100"))).startsWith("entry: no room for 4 entries");
        assertThat(refused(ByteString.concat(
                        EntryCodec.encode(new Entry(0, Entry.RECORD, List.of(A), B)), ByteString.fromHex("00"))))
                .isEqualTo("entry.end: 1 bytes too many");
    }

    @Test
    void refusesEveryBeginning() {
        ByteString bytes = EntryCodec.encode(new Entry(300, Entry.RECORD, List.of(A), B));
        for (int size = 0; size < bytes.size(); size++) {
            assertThat(refused(bytes.slice(0, size))).startsWith("entry");
        }
    }

    private static String refused(Entry entry) {
        return refused(EntryCodec.encode(entry));
    }

    private static String refused(ByteString bytes) {
        FormatException refused = catchThrowableOfType(FormatException.class, () -> EntryCodec.decode(bytes));
        assertThat(refused).as(bytes.hex()).isNotNull();
        return refused.getMessage();
    }
}
