package org.plainsong.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.engine.StoreWrite;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The only one that writes to the archive of a group. Used by one thread; each batch is one transaction: on the disk as a whole or not at all. */
public final class ArchiveWriter implements AutoCloseable {
    private final Connection connection;

    private ArchiveWriter(Connection connection) {
        this.connection = connection;
    }

    /** Opens the archive in this directory, and makes it if there is none. */
    public static ArchiveWriter open(Path directory) throws StoreException {
        try {
            return new ArchiveWriter(Database.writer(directory));
        } catch (SQLException e) {
            throw new StoreException("the archive cannot be opened (" + reason(e) + "); check the disk", e);
        }
    }

    /**
     * Writes all of it durably.
     *
     * @throws StoreException if the disk is full or failed; nothing of the batch is kept then, and it may be tried again
     * @throws IllegalStateException if a write contradicts what is on disk: a bug, nothing is kept
     */
    public void write(List<StoreWrite> batch) throws StoreException {
        try {
            for (StoreWrite write : batch) {
                write(write);
            }
            connection.commit();
        } catch (SQLException e) {
            rollback();
            throw new StoreException(
                    "the archive cannot be written (" + reason(e) + "); make room on the disk or repair it", e);
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    /** Takes a blob away whose retention is over. */
    public void deleteBlob(ByteString address) throws StoreException {
        try {
            update("DELETE FROM blob WHERE address = ?", (Object) address.toByteArray());
            connection.commit();
        } catch (SQLException e) {
            rollback();
            throw new StoreException("a blob cannot be deleted (" + reason(e) + "); check the disk", e);
        }
    }

    private void write(StoreWrite write) throws SQLException {
        switch (write) {
            case StoreWrite.AppendEntries(List<Entry> entries, List<ByteString> blobs) -> {
                for (ByteString blob : blobs) {
                    blob(blob);
                }
                for (Entry entry : entries) {
                    append(entry);
                }
            }
            case StoreWrite.AddBlob(ByteString blob) -> blob(blob);
            case StoreWrite.PendingRecord(Entry entry, List<ByteString> blobs) -> {
                for (ByteString blob : blobs) {
                    blob(blob);
                }
                update(
                        "INSERT OR REPLACE INTO pending_record (only_row, position, content) VALUES (1, ?, ?)",
                        entry.index(),
                        EntryCodec.encode(entry).toByteArray());
            }
            case StoreWrite.EpochNumberUsed(long number) -> epochNumber(number);
            case StoreWrite.StatementSigned(String key, ByteString envelope) -> statement(key, envelope);
            case StoreWrite.RosterEntryHeld(var entry) ->
                update(
                        "INSERT OR REPLACE INTO held_roster (position, envelope) VALUES (?, ?)",
                        entry.message().index(),
                        Envelopes.encode(entry).toByteArray());
        }
    }

    private void append(Entry entry) throws SQLException {
        byte[] content = EntryCodec.encode(entry).toByteArray();
        long count = count();
        if (entry.index() < count) {
            throw new IllegalStateException("entry " + entry.index() + " is written twice, there are " + count);
        }
        if (entry.index() > count) {
            throw new IllegalStateException("entry " + entry.index() + " leaves a gap, there are " + count);
        }
        update("INSERT INTO entry (position, content) VALUES (?, ?)", entry.index(), content);
        update("DELETE FROM pending_record WHERE position <= ?", entry.index());
        if (entry.kind() == Entry.ROSTER) {
            dropHeld(entry);
        }
    }

    /** A held roster entry that has come into the transcript is held no longer. */
    private void dropHeld(Entry entry) throws SQLException {
        try {
            RosterEntry roster = Envelopes.decode(entry.envelopes().get(0), RosterEntry.class)
                    .message();
            update("DELETE FROM held_roster WHERE position <= ?", roster.index());
        } catch (FormatException e) {
            throw new IllegalStateException("a roster entry that cannot be read is to be written", e);
        }
    }

    private void blob(ByteString blob) throws SQLException {
        update(
                "INSERT OR IGNORE INTO blob (address, content) VALUES (?, ?)",
                TranscriptFiles.addressOf(blob).toByteArray(),
                blob.toByteArray());
    }

    private void epochNumber(long number) throws SQLException {
        update(
                "INSERT INTO epoch_number (only_row, used) VALUES (1, ?)"
                        + " ON CONFLICT (only_row) DO UPDATE SET used = MAX(used, excluded.used)",
                number);
    }

    private void statement(String key, ByteString envelope) throws SQLException {
        byte[] bytes = envelope.toByteArray();
        int inserted = update("INSERT OR IGNORE INTO statement (statement_key, envelope) VALUES (?, ?)", key, bytes);
        if (inserted == 0 && !stored(key).equals(envelope)) {
            throw new IllegalStateException("a second statement under the key " + key);
        }
    }

    private ByteString stored(String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT envelope FROM statement WHERE statement_key = ?")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? ByteString.wrap(rows.getBytes(1)) : ByteString.EMPTY;
            }
        }
    }

    private long count() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT COALESCE(MAX(position) + 1, 0) FROM entry");
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setObject(i + 1, arguments[i]);
            }
            return update.executeUpdate();
        }
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The transaction is gone with whatever made it fail; the next write starts a new one or fails by itself.
        }
    }

    /** What SQLite says, without the path of the file. */
    static String reason(SQLException e) {
        if (e instanceof SQLiteException lite) {
            SQLiteErrorCode code = lite.getResultCode();
            return code == SQLiteErrorCode.SQLITE_FULL ? "the disk is full" : code.message;
        }
        return "SQL state " + e.getSQLState();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the writer of the archive does not close", e);
        }
    }
}
