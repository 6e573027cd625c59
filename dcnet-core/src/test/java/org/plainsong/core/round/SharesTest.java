package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.slot.Layout;

class SharesTest {
    private static final int MEMBERS = 20;

    private final TestEpoch epoch = new TestEpoch("shares", 3, MEMBERS);
    private final AttemptContext attempt = openAttempt();
    private final byte[] nonce = Ciphertexts.nonce(attempt);

    private AttemptContext openAttempt() {
        byte[] classes = new byte[MEMBERS];
        java.util.Arrays.fill(classes, (byte) 7);
        return epoch.attempt(
                3, 0, new RecordHash(epoch.hash("p")), Layout.of(epoch.context().epoch(), 3, classes));
    }

    private int length() {
        return attempt.layout().totalBytes();
    }

    @Test
    void cancelsAllPadsOfTheParticipants() {
        Map<Integer, ByteString> says = epoch.writes(4, attempt, "only this remains", 1);
        int[] participants = {1, 4, 9};
        List<ByteString> shares = new ArrayList<>();
        for (int server = 1; server <= 3; server++) {
            int member = participants[server - 1];
            ByteString ciphertext =
                    epoch.submit(member, attempt, member == 4 ? says : Map.of()).body();
            shares.add(Shares.compute(
                    epoch.serverPads(server), nonce, participants, List.of(ciphertext), length(), ParallelWork.HERE));
        }
        ByteString output = Shares.combine(shares);
        int slot = epoch.slotOf(4);
        int from = attempt.layout().offset(slot);
        assertThat(output.slice(from, from + attempt.layout().length(slot))).isEqualTo(says.get(slot));
        byte[] rest = output.toByteArray();
        java.util.Arrays.fill(rest, from, from + attempt.layout().length(slot), (byte) 0);
        assertThat(rest).containsOnly(0);
    }

    @Test
    void isTheSameHoweverTheWorkIsCut() {
        int[] all = IntStream.range(0, MEMBERS).toArray();
        ByteString whole = Shares.compute(epoch.serverPads(1), nonce, all, List.of(), length(), ParallelWork.HERE);
        for (int pieces = 2; pieces < 8; pieces++) {
            int size = pieces;
            ParallelWork cut = (n, task) -> {
                for (int from = 0; from < n; from += size) {
                    task.run(from, Math.min(n, from + size));
                }
            };
            assertThat(Shares.compute(epoch.serverPads(1), nonce, all, List.of(), length(), cut))
                    .isEqualTo(whole);
        }
    }

    @Test
    void workDoneAheadGivesTheSameShareWhoeverComesInTheEnd() {
        SplittableRandom random = new SplittableRandom(4);
        Map<Integer, Packet<Header>> submitted = new TreeMap<>();
        for (int member = 0; member < MEMBERS; member++) {
            submitted.put(member, epoch.submit(member, attempt, Map.of()));
        }
        PadSource pads = epoch.serverPads(2);
        for (int run = 0; run < 20; run++) {
            ShareWork work = new ShareWork(pads, nonce, length());
            int[] expected = IntStream.range(0, MEMBERS)
                    .filter(i -> random.nextBoolean())
                    .toArray();
            int[] participants = IntStream.range(0, MEMBERS)
                    .filter(i -> random.nextBoolean())
                    .toArray();
            int[] attached =
                    IntStream.of(participants).filter(i -> random.nextBoolean()).toArray();
            work.addPads(expected, ParallelWork.HERE);
            work.addPads(expected, ParallelWork.HERE);
            submitted.forEach((member, packet) -> {
                if (random.nextBoolean()) {
                    work.addCiphertext(member, packet.body());
                }
            });
            ByteString share = work.finish(
                    participants, attached, member -> submitted.get(member).body(), ParallelWork.HERE);
            List<ByteString> ciphertexts = IntStream.of(attached)
                    .mapToObj(i -> submitted.get(i).body())
                    .toList();
            assertThat(share)
                    .as("run %s", run)
                    .isEqualTo(Shares.compute(pads, nonce, participants, ciphertexts, length(), ParallelWork.HERE));
            assertThatThrownBy(() -> work.finish(participants, attached, i -> ByteString.EMPTY, ParallelWork.HERE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCiphertextIsAddedOnce() {
        ShareWork work = new ShareWork(epoch.serverPads(1), nonce, length());
        ByteString ciphertext = epoch.submit(0, attempt, Map.of()).body();
        work.addCiphertext(0, ciphertext);
        assertThatThrownBy(() -> work.addCiphertext(0, ciphertext)).isInstanceOf(IllegalStateException.class);
    }
}
