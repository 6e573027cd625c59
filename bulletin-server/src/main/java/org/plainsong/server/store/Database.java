package org.plainsong.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Opens the SQLite file of a group: write-ahead log, and each commit on the disk before it counts. */
final class Database {
    static final String FILE = "archive.db";
    private static final int BUSY_MILLIS = 10_000;

    private Database() {}

    /** The one connection that writes; makes the file and brings its schema up to date. Commits are by hand. */
    static Connection writer(Path directory) throws SQLException, StoreException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection(url(directory));
        try {
            connection.setAutoCommit(false);
            Migrations.apply(connection);
            return connection;
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that only reads; sees every commit that came before a statement of it. */
    static Connection reader(Path directory) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection(url(directory));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    private static String url(Path directory) {
        return "jdbc:sqlite:" + directory.resolve(FILE);
    }
}
