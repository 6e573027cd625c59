package org.plainsong.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.server.engine.StoreWrite;

@Timeout(60)
class WriteQueueTest {
    private static final long ENOUGH = 1000;

    @TempDir
    Path directory;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final AtomicLong free = new AtomicLong(ENOUGH);

    @Test
    void writesAreAnsweredInTheirOrderOnceTheyAreOnDisk() throws Exception {
        try (WriteQueue queue = queue();
                ArchiveReader reader = ArchiveReader.open(directory)) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                queue.add(write(i), i);
                expected.add("stored " + i);
            }
            for (String answer : expected) {
                assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(answer);
            }
            assertThat(reader.statements()).hasSize(1000);
        }
    }

    @Test
    void closingWritesWhatWasOrderedBefore() throws Exception {
        WriteQueue queue = queue();
        for (int i = 0; i < 100; i++) {
            queue.add(write(i), i);
        }
        queue.close();

        assertThat(answers).hasSize(100);
        try (ArchiveReader reader = ArchiveReader.open(directory)) {
            assertThat(reader.statements()).hasSize(100);
        }
    }

    @Test
    void onAFullDiskItSaysWhyAndGoesOnByItselfWhenThereIsRoom() throws Exception {
        try (WriteQueue queue = queue()) {
            free.set(10);
            queue.add(write(1), 1);
            assertThat(answers.poll(30, TimeUnit.SECONDS))
                    .isEqualTo("failed 1: less than 500 bytes are free on the disk; make room");
            queue.add(write(2), 2);
            assertThat(answers.poll(30, TimeUnit.SECONDS)).startsWith("failed 2: less than");
            assertThat(queue.trouble()).isPresent();

            free.set(ENOUGH);
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo("stored 1");
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo("stored 2");
            assertThat(queue.trouble()).isEmpty();
        }
    }

    @Test
    void aWriteThatContradictsTheDiskStopsTheQueueAndIsNamed() throws Exception {
        try (WriteQueue queue = queue()) {
            queue.add(write(1), 1);
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo("stored 1");

            queue.add(new StoreWrite.StatementSigned("1", ByteString.of((byte) 9)), 2);

            assertThat(answers.poll(30, TimeUnit.SECONDS)).startsWith("failed 2: an internal error");
            assertThat(queue.trouble()).isPresent();
        }
    }

    private WriteQueue queue() throws StoreException {
        return new WriteQueue(ArchiveWriter.open(directory), free::get, ENOUGH / 2, new WriteQueue.Answers() {
            @Override
            public void stored(long ticket) {
                answers.add("stored " + ticket);
            }

            @Override
            public void failed(long ticket, String reason) {
                answers.add("failed " + ticket + ": " + reason);
            }
        });
    }

    private static StoreWrite write(int i) {
        return new StoreWrite.StatementSigned(Integer.toString(i), ByteString.of((byte) i));
    }
}
