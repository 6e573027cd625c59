package org.plainsong.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.server.TestGroup;
import org.plainsong.server.engine.StoreWrite;
import org.plainsong.server.engine.StoredState;

class ArchiveTest {
    private final TestGroup group = new TestGroup(1, 3, 1001, 1002);

    @TempDir
    Path directory;

    @Test
    void aNewArchiveHoldsNothing() throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            writer.write(List.of());
            StoredState state = StoredArchive.read(reader);

            assertThat(state.entries()).isEmpty();
            assertThat(state.epochNumberUsed()).isZero();
            assertThat(state.signed()).isEmpty();
            assertThat(state.heldRoster()).isEmpty();
            assertThat(state.pendingRecord()).isEmpty();
        }
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        ByteString blob = bytes(3000, 7);
        try (ArchiveWriter writer = ArchiveWriter.open(directory)) {
            writer.write(List.of(
                    new StoreWrite.AppendEntries(List.of(definition(), record(1)), List.of(blob)),
                    new StoreWrite.EpochNumberUsed(4),
                    new StoreWrite.EpochNumberUsed(3),
                    new StoreWrite.StatementSigned("epoch 4 failed 1.0", bytes(100, 1)),
                    new StoreWrite.RosterEntryHeld(group.addMembers()),
                    new StoreWrite.PendingRecord(record(2), List.of())));
        }
        try (ArchiveReader reader = ArchiveReader.open(directory)) {
            StoredState state = StoredArchive.read(reader);

            assertThat(state.entries()).containsExactly(definition(), record(1));
            assertThat(state.epochNumberUsed()).isEqualTo(4);
            assertThat(state.signed()).containsOnlyKeys("epoch 4 failed 1.0").containsValue(bytes(100, 1));
            assertThat(state.heldRoster()).containsExactly(group.addMembers());
            assertThat(state.pendingRecord()).contains(record(2));
            assertThat(reader.blob(TranscriptFiles.addressOf(blob))).contains(blob);
            assertThat(reader.blobAddresses()).containsExactly(TranscriptFiles.addressOf(blob));
            assertThat(reader.entry(1)).contains(EntryCodec.encode(record(1)));
            assertThat(reader.entry(2)).isEmpty();
            assertThat(reader.entryCount()).isEqualTo(2);
        }
    }

    @Test
    void anEntryThatArrivesEndsItsPendingRecordAndItsHeldRosterEntry() throws Exception {
        Entry roster = new Entry(1, Entry.ROSTER, List.of(Envelopes.encode(group.addMembers())), ByteString.EMPTY);
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            writer.write(List.of(
                    append(definition()),
                    new StoreWrite.RosterEntryHeld(group.addMembers()),
                    new StoreWrite.PendingRecord(record(2), List.of())));

            writer.write(List.of(append(roster)));
            assertThat(StoredArchive.read(reader).heldRoster()).isEmpty();
            assertThat(StoredArchive.read(reader).pendingRecord()).contains(record(2));

            writer.write(List.of(append(record(2))));
            assertThat(StoredArchive.read(reader).pendingRecord()).isEmpty();
        }
    }

    @Test
    void aSecondStatementUnderOneKeyIsRefusedAndTheFirstOneAgainIsNot() throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            StoreWrite first = new StoreWrite.StatementSigned("key", bytes(10, 1));
            writer.write(List.of(first));
            writer.write(List.of(first));

            assertThatThrownBy(() -> writer.write(List.of(new StoreWrite.StatementSigned("key", bytes(10, 2)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("second statement under the key key");
            assertThat(StoredArchive.read(reader).signed()).containsEntry("key", bytes(10, 1));
        }
    }

    @Test
    void entriesComeOneAfterTheOtherAndABatchIsKeptWholeOrNotAtAll() throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            writer.write(List.of(append(definition())));

            assertThatThrownBy(() -> writer.write(List.of(new StoreWrite.EpochNumberUsed(9), append(record(2)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("leaves a gap");
            assertThatThrownBy(() -> writer.write(List.of(append(definition()))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("written twice");
            assertThat(StoredArchive.read(reader).epochNumberUsed()).isZero();
            assertThat(reader.entryCount()).isEqualTo(1);
        }
    }

    @Test
    void aBlobCanBeDeletedWhenItsRetentionIsOver() throws Exception {
        ByteString blob = bytes(2000, 3);
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            writer.write(List.of(new StoreWrite.AddBlob(blob), new StoreWrite.AddBlob(blob)));
            writer.deleteBlob(TranscriptFiles.addressOf(blob));

            assertThat(reader.blob(TranscriptFiles.addressOf(blob))).isEmpty();
        }
    }

    @Test
    void entriesAreReadInPiecesOfAboutTheSizeAskedFor() throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.open(directory);
                ArchiveReader reader = ArchiveReader.open(directory)) {
            writer.write(List.of(append(definition())));
            for (int i = 1; i < 20; i++) {
                writer.write(List.of(append(record(i))));
            }

            assertThat(reader.entries(5, 1)).containsExactly(EntryCodec.encode(record(5)));
            assertThat(reader.entries(15, 1 << 20)).hasSize(5);
            assertThat(reader.entries(20, 1 << 20)).isEmpty();
        }
    }

    /** A process that is killed leaves the files as they are at some moment: copies of them taken between the writes are such moments. */
    @Test
    void whereverTheProcessIsKilledTheArchiveHoldsTheWritesUpToSomePointAndNothingElse() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        Path live = Files.createDirectory(directory.resolve("live"));
        List<Path> copies = new ArrayList<>();
        List<Integer> committed = new ArrayList<>();
        try (ArchiveWriter writer = ArchiveWriter.open(live)) {
            writer.write(List.of(append(definition())));
            for (int i = 1; i < 60; i++) {
                writer.write(List.of(
                        new StoreWrite.StatementSigned("statement " + i, bytes(50, i)),
                        new StoreWrite.EpochNumberUsed(i),
                        new StoreWrite.AppendEntries(
                                List.of(record(i)), List.of(bytes(random.nextInt(1, 20_000), i)))));
                if (random.nextInt(3) == 0) {
                    copies.add(copy(live, directory.resolve("copy " + i)));
                    committed.add(i);
                }
            }
        }
        assertThat(copies).hasSizeGreaterThan(10);
        for (int c = 0; c < copies.size(); c++) {
            int last = committed.get(c);
            try (ArchiveWriter writer = ArchiveWriter.open(copies.get(c));
                    ArchiveReader reader = ArchiveReader.open(copies.get(c))) {
                StoredState state = StoredArchive.read(reader);
                assertThat(state.epochNumberUsed()).isEqualTo(last);
                assertThat(state.signed()).hasSize(last);
                assertThat(state.entries()).hasSize(last + 1);
                writer.write(List.of(append(record(last + 1))));
                assertThat(reader.entryCount()).isEqualTo(last + 2);
            }
        }
    }

    @Test
    void aTornEndOfTheWriteAheadLogTakesBackTheLastWriteAsAWhole() throws Exception {
        Path live = Files.createDirectory(directory.resolve("live"));
        Path torn = directory.resolve("torn");
        try (ArchiveWriter writer = ArchiveWriter.open(live)) {
            writer.write(List.of(append(definition())));
            writer.write(List.of(
                    new StoreWrite.EpochNumberUsed(1),
                    new StoreWrite.AppendEntries(List.of(record(1)), List.of(bytes(30_000, 1)))));
            copy(live, torn);
        }
        Path log = torn.resolve(Database.FILE + "-wal");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 5000));

        try (ArchiveReader reader = ArchiveReader.open(torn)) {
            StoredState state = StoredArchive.read(reader);
            assertThat(state.entries()).containsExactly(definition());
            assertThat(state.epochNumberUsed()).isZero();
        }
    }

    @Test
    void anArchiveOfANewerVersionIsRefused() throws Exception {
        ArchiveWriter.open(directory).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(Database.FILE));
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_step VALUES (1, 'V2__later.sql', x'00')");
        }

        assertThatThrownBy(() -> ArchiveWriter.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("V2__later.sql");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithoutNamingItsPath() throws Exception {
        Files.write(directory.resolve(Database.FILE), bytes(5000, 9).toByteArray());

        assertThatThrownBy(() -> ArchiveWriter.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining(directory.toString());
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                // The index of the log is made anew after a crash; its copy would belong to no process.
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        return to;
    }

    private Entry definition() {
        return new Entry(0, Entry.GROUP, List.of(Envelopes.encode(group.definition)), ByteString.EMPTY);
    }

    private static Entry record(long index) {
        return new Entry(index, Entry.RECORD, List.of(bytes(300, index)), bytes(1000, index + 1));
    }

    private static StoreWrite append(Entry entry) {
        return new StoreWrite.AppendEntries(List.of(entry), List.of());
    }

    private static ByteString bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return ByteString.wrap(bytes);
    }
}
