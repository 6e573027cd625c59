package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Rule;

/** Policy of the tests: quorum 900 per mille, factor 1.5, hard limit 1 s, idle interval 200 ms. */
class WindowTest {
    private static final long OPENED = 5_000;

    private final TestEpoch epoch = new TestEpoch("window", 3, 12);
    private final AttemptContext attempt = epoch.first();

    private Window expecting(int members) {
        return new Window(attempt, BitSets.of(12, i -> i < members), OPENED);
    }

    private Packet<Header> submission(int member) {
        return epoch.submit(member, attempt, Map.of());
    }

    private void arrive(Window window, int first, int end, long now) {
        for (int member = first; member < end; member++) {
            assertThat(window.submit(submission(member), now)).isEqualTo(new Window.Answer.Accepted(member));
        }
    }

    @Test
    void closesAtTheHardLimitWhileTheQuorumIsMissing() {
        Window window = expecting(10);
        arrive(window, 0, 8, OPENED + 210);
        assertThat(window.closesAt()).isEqualTo(OPENED + 1000);
    }

    @Test
    void closesAtFactorTimesTheQuorumsTime() {
        Window window = expecting(10);
        arrive(window, 0, 8, OPENED + 210);
        arrive(window, 8, 9, OPENED + 240);
        assertThat(window.closesAt()).isEqualTo(OPENED + 360);
        Window late = expecting(10);
        arrive(late, 0, 9, OPENED + 900);
        assertThat(late.closesAt()).isEqualTo(OPENED + 1000);
    }

    @Test
    void closesAtOnceWhenAllHaveCome() {
        Window window = expecting(10);
        arrive(window, 0, 10, OPENED + 210);
        assertThat(window.closesAt()).isLessThanOrEqualTo(OPENED + 210);
    }

    @Test
    void countsOnlyItsOwnExpectedMembers() {
        Window window = expecting(2);
        arrive(window, 2, 12, OPENED + 210);
        assertThat(window.closesAt()).isEqualTo(OPENED + 1000);
        assertThat(window.submissions()).hasSize(10);
    }

    @Test
    void staysOpenForTheIntervalIfItExpectsNobody() {
        assertThat(expecting(0).closesAt()).isEqualTo(OPENED + 200);
    }

    @Test
    void takesTheSameSubmissionAgainAndConvictsWhoSignsASecondOne() {
        Window window = expecting(10);
        Packet<Header> first = submission(3);
        window.submit(first, OPENED + 1);
        assertThat(window.submit(first, OPENED + 2)).isEqualTo(new Window.Answer.Again());
        Packet<Header> second = epoch.submit(3, attempt, Map.of(epoch.slotOf(3), ByteString.of((byte) 9)));
        assertThat(window.submit(second, OPENED + 3)).isInstanceOfSatisfying(Window.Answer.Second.class, answer -> {
            assertThat(answer.violation().rule()).isEqualTo(Rule.TWO_SUBMISSIONS);
            assertThat(answer.violation().evidence().statements())
                    .containsExactly(first.statement(), second.statement());
        });
        assertThat(window.ciphertext(3)).isEqualTo(first.body());
    }

    private void assertRefused(Packet<Header> packet, Window.Refusal why) {
        assertThat(expecting(10).submit(packet, OPENED + 1)).isEqualTo(new Window.Answer.Refused(why));
    }

    private Packet<Header> signed(Header header, int signer, ByteString body) {
        return new Packet<>(epoch.member(signer).sign(header), body);
    }

    @Test
    void refusesWhatIsNotForThisAttempt() {
        Packet<Header> good = submission(3);
        Header h = good.statement().message();
        assertRefused(
                signed(
                        new Header(h.at().nextAttempt(), h.prev(), h.layout(), h.member(), h.ciphertextRoot()),
                        3,
                        good.body()),
                Window.Refusal.OTHER_ATTEMPT);
        assertRefused(
                signed(
                        new Header(h.at(), new RecordHash(epoch.hash("x")), h.layout(), h.member(), h.ciphertextRoot()),
                        3,
                        good.body()),
                Window.Refusal.OTHER_ATTEMPT);
        assertRefused(
                signed(new Header(h.at(), h.prev(), epoch.hash("x"), h.member(), h.ciphertextRoot()), 3, good.body()),
                Window.Refusal.OTHER_LAYOUT);
        assertRefused(signed(h, 4, good.body()), Window.Refusal.NOT_CONFIRMED);
        byte[] changed = good.body().toByteArray();
        changed[0] ^= 1;
        assertRefused(new Packet<>(good.statement(), ByteString.wrap(changed)), Window.Refusal.WRONG_ROOT);
    }

    @Test
    void refusesMembersThatHaveNotConfirmed() {
        AttemptContext without = new AttemptContext(
                attempt.epoch(),
                attempt.at(),
                attempt.prev(),
                attempt.layout(),
                BitSets.of(12, i -> i != 3),
                BitSets.of(12, i -> i != 3),
                0);
        Window window = new Window(without, epoch.everyone(), OPENED);
        assertThat(window.submit(submission(3), OPENED + 1))
                .isEqualTo(new Window.Answer.Refused(Window.Refusal.NOT_CONFIRMED));
    }

    @Test
    void putsFreshHellosAndLateConfirmationsIntoTheInventory() {
        AttemptContext without = new AttemptContext(
                attempt.epoch(),
                attempt.at(),
                attempt.prev(),
                attempt.layout(),
                BitSets.of(12, i -> i < 10),
                BitSets.of(12, i -> i < 10),
                0);
        Window window = new Window(without, BitSets.none(12), OPENED);
        Signed<Hello> fresh = hello(4, attempt.prev());
        window.hello(fresh);
        window.hello(hello(5, new RecordHash(epoch.hash("old"))));
        Signed<Confirmation> late = confirmation(11, true);
        window.confirmation(late);
        window.confirmation(confirmation(10, false));
        window.confirmation(confirmation(3, true));
        AgreementEvent.WindowClosed closed = window.close(true);
        assertThat(closed.hellos()).containsExactly(fresh);
        assertThat(closed.confirmations()).containsExactly(late);
        assertThat(closed.endWish()).isTrue();
        assertThat(window.submit(submission(2), OPENED + 1))
                .isEqualTo(new Window.Answer.Refused(Window.Refusal.CLOSED));
        assertThatThrownBy(() -> window.ciphertext(2)).isInstanceOf(IllegalStateException.class);
    }

    private Signed<Hello> hello(int member, RecordHash prev) {
        return epoch.member(member)
                .sign(new Hello(
                        epoch.context().epoch(), epoch.context().enrolled().get(member), prev));
    }

    private Signed<Confirmation> confirmation(int member, boolean ok) {
        return epoch.member(member)
                .sign(new Confirmation(
                        epoch.context().run(),
                        epoch.context().enrolled().get(member),
                        epoch.context().chainHash(),
                        ok,
                        0,
                        ok ? 0 : 1,
                        List.of()));
    }
}
