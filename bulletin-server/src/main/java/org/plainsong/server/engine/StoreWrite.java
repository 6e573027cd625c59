package org.plainsong.server.engine;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;

/** Something that must be on disk before what rests on it happens (protocol §4.2). */
public sealed interface StoreWrite {
    /** The next entries of the transcript with the blobs they name; all or nothing. */
    record AppendEntries(List<Entry> entries, List<ByteString> blobs) implements StoreWrite {
        /** Copies the lists. */
        public AppendEntries {
            entries = List.copyOf(entries);
            blobs = List.copyOf(blobs);
        }
    }

    /** A blob that was missing, content addressed. */
    record AddBlob(ByteString blob) implements StoreWrite {}

    /** A record that this server signs now, before its signatures are complete, so that the disk's time runs beside theirs. */
    record PendingRecord(Entry entry, List<ByteString> blobs) implements StoreWrite {
        /** Copies the list. */
        public PendingRecord {
            blobs = List.copyOf(blobs);
        }
    }

    /** The server is about to sign its first statement under this epoch number; it never signs under lower ones again. */
    record EpochNumberUsed(long number) implements StoreWrite {}

    /** A statement of which no second one may ever be signed (protocol §4.2): key is the text of (epoch, kind, round, attempt …), bytes its envelope. */
    record StatementSigned(String key, ByteString envelope) implements StoreWrite {}

    /** A roster entry that counts from the next epoch on. */
    record RosterEntryHeld(Signed<RosterEntry> entry) implements StoreWrite {}
}
