package org.plainsong.server.engine;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.FailedRecord;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.TranscriptFiles;

/** Makes the transcript's entries from what has been agreed (formats "Entries"). */
final class Entries {
    private final Encoding encoding;

    Entries(Encoding encoding) {
        this.encoding = encoding;
    }

    Entry roster(long index, Signed<RosterEntry> entry) {
        return new Entry(index, Entry.ROSTER, List.of(encoding.envelope(entry)), ByteString.EMPTY);
    }

    /** The body of an opening record's entry is the address of its setup bundle. */
    Entry opening(long index, Signed<OpeningRecord> record, ByteString bundle) {
        return new Entry(
                index, Entry.OPENING_RECORD, List.of(encoding.envelope(record)), TranscriptFiles.addressOf(bundle));
    }

    Entry record(long index, Signed<Record> record, ByteString output) {
        return new Entry(index, Entry.RECORD, List.of(encoding.envelope(record)), output);
    }

    Entry failed(long index, FailedRecord link) {
        return new Entry(
                index,
                Entry.FAILED_RECORD,
                link.statements().stream().map(encoding::envelope).toList(),
                ByteString.EMPTY);
    }
}
