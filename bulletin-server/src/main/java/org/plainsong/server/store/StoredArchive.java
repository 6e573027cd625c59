package org.plainsong.server.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.engine.StoredState;

/** What a node starts from, read from the archive; the entries piece by piece, so that a long transcript needs little memory. */
public final class StoredArchive {
    private static final long PIECE_BYTES = 1 << 20;

    private StoredArchive() {}

    /** The stored state. */
    public static StoredState read(ArchiveReader archive) throws StoreException {
        try {
            List<Signed<RosterEntry>> held = new ArrayList<>();
            for (ByteString envelope : archive.heldRoster()) {
                held.add(Envelopes.decode(envelope, RosterEntry.class));
            }
            Optional<ByteString> pending = archive.pendingRecord();
            Optional<Entry> pendingEntry =
                    pending.isPresent() ? Optional.of(EntryCodec.decode(pending.get())) : Optional.empty();
            return new StoredState(
                    () -> new Entries(archive), held, archive.epochNumberUsed(), archive.statements(), pendingEntry);
        } catch (FormatException e) {
            throw new StoreException(
                    "the archive holds something that cannot be read (" + e.getMessage()
                            + "); it was damaged from outside, restore it",
                    e);
        }
    }

    private static final class Entries implements Iterator<Entry> {
        private final ArchiveReader archive;
        private final Queue<ByteString> piece = new ArrayDeque<>();
        private long next;

        Entries(ArchiveReader archive) {
            this.archive = archive;
        }

        @Override
        public boolean hasNext() {
            if (piece.isEmpty()) {
                try {
                    piece.addAll(archive.entries(next, PIECE_BYTES));
                } catch (StoreException e) {
                    throw new IllegalStateException("the archive cannot be read any further", e);
                }
            }
            return !piece.isEmpty();
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("entry " + next);
            }
            try {
                Entry entry = EntryCodec.decode(piece.remove());
                next++;
                return entry;
            } catch (FormatException e) {
                throw new IllegalStateException("entry " + next + " of the archive cannot be read", e);
            }
        }
    }
}
