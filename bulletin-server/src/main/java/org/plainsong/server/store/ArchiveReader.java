package org.plainsong.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;

/** Reads the archive of a group beside the writer. One query at a time; any thread that may wait for the disk. */
public final class ArchiveReader implements AutoCloseable {
    private final Connection connection;

    private ArchiveReader(Connection connection) {
        this.connection = connection;
    }

    /** Opens the archive in this directory, which must have been made by a writer. */
    public static ArchiveReader open(Path directory) throws StoreException {
        try {
            return new ArchiveReader(Database.reader(directory));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Number of entries of the transcript. */
    public long entryCount() throws StoreException {
        return one("SELECT COALESCE(MAX(position) + 1, 0) FROM entry", rows -> rows.getLong(1))
                .orElse(0L);
    }

    /** The bytes of one entry. */
    public Optional<ByteString> entry(long index) throws StoreException {
        return one("SELECT content FROM entry WHERE position = ?", rows -> ByteString.wrap(rows.getBytes(1)), index);
    }

    /** The entries from this index on, in order, up to about this many bytes but at least one if there is one. */
    public List<ByteString> entries(long from, long bytes) throws StoreException {
        List<ByteString> found = new ArrayList<>();
        long[] left = {bytes};
        each(
                "SELECT content FROM entry WHERE position >= ? ORDER BY position",
                rows -> {
                    ByteString entry = ByteString.wrap(rows.getBytes(1));
                    found.add(entry);
                    left[0] -= entry.size();
                    return left[0] > 0;
                },
                from);
        return found;
    }

    /** The blob with this address (formats, "Directory"). */
    public Optional<ByteString> blob(ByteString address) throws StoreException {
        return one("SELECT content FROM blob WHERE address = ?", rows -> ByteString.wrap(rows.getBytes(1)), (Object)
                address.toByteArray());
    }

    /** The addresses of all blobs, ascending. */
    public List<ByteString> blobAddresses() throws StoreException {
        List<ByteString> found = new ArrayList<>();
        each("SELECT address FROM blob ORDER BY address", rows -> found.add(ByteString.wrap(rows.getBytes(1))));
        return found;
    }

    /** Highest epoch number under which something was signed, 0 for none. */
    long epochNumberUsed() throws StoreException {
        return one("SELECT used FROM epoch_number", rows -> rows.getLong(1)).orElse(0L);
    }

    /** Statements written before they were sent, by key. */
    Map<String, ByteString> statements() throws StoreException {
        Map<String, ByteString> found = new LinkedHashMap<>();
        each("SELECT statement_key, envelope FROM statement ORDER BY statement_key", rows -> {
            found.put(rows.getString(1), ByteString.wrap(rows.getBytes(2)));
            return true;
        });
        return found;
    }

    /** Envelopes of the roster entries beyond the transcript, in order. */
    List<ByteString> heldRoster() throws StoreException {
        List<ByteString> found = new ArrayList<>();
        each(
                "SELECT envelope FROM held_roster ORDER BY position",
                rows -> found.add(ByteString.wrap(rows.getBytes(1))));
        return found;
    }

    /** The record whose signatures were not complete, if the transcript does not hold it. */
    Optional<ByteString> pendingRecord() throws StoreException {
        return one("SELECT content FROM pending_record", rows -> ByteString.wrap(rows.getBytes(1)));
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a reader of the archive does not close", e);
        }
    }

    private interface Row<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> Optional<T> one(String sql, Row<T> row, Object... arguments) throws StoreException {
        List<T> found = new ArrayList<>(1);
        each(
                sql,
                rows -> {
                    found.add(row.read(rows));
                    return false;
                },
                arguments);
        return found.stream().findFirst();
    }

    /** Calls for each row until the answer is false. */
    private synchronized void each(String sql, Row<Boolean> row, Object... arguments) throws StoreException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next() && row.read(rows)) {
                    // Read by the callback.
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(SQLException e) {
        return new StoreException(
                "the archive cannot be read (" + ArchiveWriter.reason(e) + "); check the disk and its log", e);
    }
}
