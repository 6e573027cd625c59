package org.plainsong.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;

/**
 * Brings a database to the newest schema, each step once and within a transaction. A database that a newer program has written is refused, and so is one in
 * which a step that was carried out reads differently today.
 */
final class Migrations {
    /** In order; a step that was released is never changed. The names are those that Flyway would read. */
    private static final List<String> STEPS = List.of("V1__archive.sql");

    private Migrations() {}

    static void apply(Connection connection) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_step (number INTEGER NOT NULL PRIMARY KEY,"
                    + " name VARCHAR(200) NOT NULL, sha256 BLOB NOT NULL)");
            connection.commit();
        }
        int done = check(connection);
        for (int number = done; number < STEPS.size(); number++) {
            step(connection, number, STEPS.get(number));
        }
    }

    /** How many steps have been carried out. */
    private static int check(Connection connection) throws SQLException, StoreException {
        int done = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, sha256 FROM schema_step ORDER BY number")) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (done >= STEPS.size()) {
                    throw new StoreException(
                            "the archive was written by a newer version of this program (schema step " + name
                                    + "); run that version, or a newer one",
                            null);
                }
                boolean same = name.equals(STEPS.get(done))
                        && ByteString.wrap(rows.getBytes(2)).equals(hash(text(STEPS.get(done))));
                if (!same) {
                    throw new StoreException(
                            "the archive's schema step " + name
                                    + " is not the one of this version; run the version that wrote it",
                            null);
                }
                done++;
            }
        }
        return done;
    }

    private static void step(Connection connection, int number, String name) throws SQLException {
        String text = text(name);
        try (Statement statement = connection.createStatement();
                PreparedStatement record = connection.prepareStatement(
                        "INSERT INTO schema_step (number, name, sha256) VALUES (?, ?, ?)")) {
            for (String command : text.replaceAll("(?m)^--.*$", "").split(";", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
            record.setInt(1, number);
            record.setString(2, name);
            record.setBytes(3, hash(text).toByteArray());
            record.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static ByteString hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("schema step " + name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("schema step " + name + " cannot be read", e);
        }
    }
}
