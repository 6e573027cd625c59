package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;

class SubmissionsTest {
    private final TestEpoch epoch = new TestEpoch("submissions", 3, 4);
    private final AttemptContext attempt = epoch.first();
    private final Submissions submissions = epoch.submissions(2);
    private final Map<Integer, ByteString> request = Map.of(1, ByteString.of((byte) 77));

    @Test
    void isTheMessageUnderThePadsOfAllServers() {
        Packet<Header> packet = submissions.submit(attempt, request);
        byte[] pads = new byte[attempt.layout().totalBytes()];
        for (int server = 1; server <= 3; server++) {
            epoch.serverPads(server).xorInto(new int[] {2}, 0, 1, Ciphertexts.nonce(attempt), pads, pads.length);
        }
        Shares.xor(packet.body(), pads);
        assertThat(pads).containsExactly(0, 77, 0, 0);
        assertThat(Window.rootMatches(packet)).isTrue();
        assertThat(TestEpoch.CHECK.allGood(packet.statement())).isTrue();
    }

    @Test
    void sendsAgainTheSameBytes() {
        Packet<Header> packet = submissions.submit(attempt, request);
        assertThat(submissions.submit(attempt, request)).isEqualTo(packet);
        assertThat(submissions.sent(attempt.at())).contains(packet);
        assertThat(submissions.sent(attempt.at().nextAttempt())).isEmpty();
    }

    @Test
    void refusesASecondDifferentOneForTheSameAttempt() {
        submissions.submit(attempt, request);
        assertThatThrownBy(() -> submissions.submit(attempt, Map.of())).isInstanceOf(IllegalStateException.class);
        AttemptContext otherHistory = epoch.attempt(1, 0, new RecordHash(epoch.hash("another")), attempt.layout());
        assertThatThrownBy(() -> submissions.submit(otherHistory, request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesOneForAnAttemptThatIsPast() {
        AttemptContext later = epoch.attempt(1, 1, new RecordHash(epoch.hash("failed")), attempt.layout());
        submissions.submit(later, request);
        assertThatThrownBy(() -> submissions.submit(attempt, request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void usesFreshPadsAfterAFailure() {
        ByteString first = submissions.submit(attempt, request).body();
        AttemptContext later = epoch.attempt(1, 1, new RecordHash(epoch.hash("failed")), attempt.layout());
        assertThat(submissions.submit(later, request).body()).isNotEqualTo(first);
    }

    @Test
    void refusesASlotOfTheWrongLength() {
        assertThatThrownBy(() -> submissions.submit(attempt, Map.of(1, ByteString.of((byte) 1, (byte) 2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("slot 1");
    }
}
