package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;

class CertifyingTest {
    private static boolean certifies(Situation s) {
        return s.effects().stream().anyMatch(effect -> effect instanceof AgreementEffect.Certified);
    }

    @Test
    void countsTheRecordWithAllSignaturesAndOnDiskWhicheverComesLast() {
        Situation s = Situation.certifying();
        s.hears(s.record(2), s.record(3));
        assertThat(certifies(s)).isFalse();
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
        assertThat(certifies(s)).isTrue();
        assertThat(Situation.certified().state()).isInstanceOf(AgreementState.Certified.class);
    }

    @Test
    void theRecordHasTheSignaturesOfAllAscending() {
        AgreementState.Certified certified =
                (AgreementState.Certified) Situation.certified().state();
        Signed<Record> record = certified.record();
        assertThat(record.signatures())
                .hasSize(3)
                .isSortedAccordingTo((a, b) -> a.signer().compareTo(b.signer()));
        assertThat(TestEpoch.CHECK.allGood(record)).isTrue();
        assertThat(certified.outcome().output())
                .isEqualTo(Shares.combine(certified.outcome().shares()));
    }

    @Test
    void takesACompleteRecordFromAnyone() {
        Situation s = Situation.certifying().on(new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
        Signed<Record> complete =
                ((AgreementState.Certified) Situation.certified().state()).record();
        assertThat(certifies(s.hears(Packet.of(complete)))).isTrue();
    }

    @Test
    void anothersFailedEndsTheEpochAndIsNotAnswered() {
        Situation s = Situation.certifying();
        s.hears(s.failed(3, true));
        assertThat(s.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.RECORD_AND_FAILED));
        assertThat(s.effects()).noneMatch(effect -> effect instanceof AgreementEffect.StoreFailed);
        assertThat(s.said(Failed.class)).isEmpty();
    }

    @Test
    void aFailedBesideAllSignaturesConvictsAndChangesNothing() {
        Situation s = Situation.certifying();
        s.hears(s.record(2), s.record(3), s.failed(3, true));
        assertThat(s.effects()).anyMatch(effect -> effect instanceof AgreementEffect.Found);
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
        assertThat(certifies(s)).isTrue();
    }

    @Test
    void sendsSharesToWhoeverIsLateAndNamesItAtTheDeadline() {
        Situation s = Situation.certifying();
        s.hears(s.record(2)).deadline(AgreementEvent.Deadline.ASK);
        assertThat(s.effects())
                .contains(
                        new AgreementEffect.Send(3, s.reveal(2)),
                        new AgreementEffect.Ask(3, new Frame.Fetch.OfAttempt(Record.TYPE, s.attempt.at(), 3)));
        s.deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.effects()).contains(new AgreementEffect.WaitsFor(Heard.Kind.RECORD, List.of(3)));
        assertThat(s.state()).isInstanceOf(AgreementState.Certifying.class);
    }

    @Test
    void answersWithWhatItHolds() {
        Situation s = Situation.certifying();
        Frame.Fetch.OfAttempt third = new Frame.Fetch.OfAttempt(Reveal.TYPE, s.attempt.at(), 3);
        assertThat(Agreement.answer(s.state(), third)).contains(s.reveal(3));
        assertThat(Agreement.answer(
                        s.state(),
                        new Frame.Fetch.OfAttempt(Reveal.TYPE, s.attempt.at().nextAttempt(), 3)))
                .isEmpty();
        assertThat(Agreement.answer(s.state(), new Frame.Fetch.OfAttempt("hello", s.attempt.at(), 3)))
                .isEmpty();
        assertThat(Agreement.said(s.state(), 1)).hasSize(4);
    }
}
