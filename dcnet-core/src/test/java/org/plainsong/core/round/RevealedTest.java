package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.verdict.Rule;

class RevealedTest {
    @Test
    void signsTheRecordOnceAllSharesAreHereAndWritesItBeside() {
        Situation s = Situation.revealed();
        s.hears(s.reveal(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Revealed.class);
        s.hears(s.reveal(3));
        assertThat(s.said(Record.class)).containsExactly((Packet<?>) s.record(1));
        assertThat(s.effects()).anyMatch(effect -> effect instanceof AgreementEffect.StoreRecord);
        assertThat(s.expectedRecord().timeMillis()).isEqualTo(2_000_002);
        assertThat(s.expectedRecord().expectedNext()).isEqualTo(s.epoch.everyone());
    }

    @Test
    void asksForMissingSharesAndWaitsTheHardLimitOnceMoreBeforeItGivesUp() {
        Situation s = Situation.revealed();
        s.hears(s.reveal(2)).deadline(AgreementEvent.Deadline.PHASE);
        Frame.Fetch.OfAttempt third = new Frame.Fetch.OfAttempt(Reveal.TYPE, s.attempt.at(), 3);
        assertThat(s.state()).isInstanceOf(AgreementState.Revealed.class);
        assertThat(s.effects())
                .contains(
                        new AgreementEffect.Ask(2, third),
                        new AgreementEffect.Ask(3, third),
                        new AgreementEffect.SetDeadline(AgreementEvent.Deadline.PHASE, 1000));
        s.deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.wroteFailed().revealed()).isTrue();
        assertThat(s.wroteFailed().participants()).isEqualTo(s.plan().agreed().participants());
    }

    @Test
    void stillCertifiesWithinTheSecondLimit() {
        Situation s = Situation.revealed();
        s.hears(s.reveal(2)).deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.hears(s.reveal(3)).state()).isInstanceOf(AgreementState.Certifying.class);
    }

    @Test
    void anothersFailedIsNoReasonToFailAtOnce() {
        Situation s = Situation.revealed();
        s.hears(s.failed(3, true));
        assertThat(s.state()).isInstanceOf(AgreementState.Revealed.class);
        assertThat(s.hears(s.reveal(2), s.reveal(3)).said(Record.class)).isEmpty();
        s.deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.effects()).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.ANOTHER_FAILED));
        assertThat(s.wroteFailed().revealed()).isTrue();
    }

    @Test
    void convictsAShareOtherThanCommittedAndSignsNoRecord() {
        Situation s = Situation.revealed();
        s.hears(s.reveal(2, ByteString.of(new byte[4])), s.reveal(3));
        assertThat(s.effects())
                .filteredOn(effect -> effect instanceof AgreementEffect.Found)
                .singleElement()
                .satisfies(effect -> assertThat(
                                ((AgreementEffect.Found) effect).violation().rule())
                        .isEqualTo(Rule.WRONG_REVEAL));
        assertThat(s.said(Record.class)).isEmpty();
        s.deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.state()).isInstanceOf(AgreementState.FailedSigned.class);
    }

    @Test
    void takesAShareWhoseBytesWereSpoiledOnTheWayAsNotCome() {
        Situation s = Situation.revealed();
        s.hears(new Packet<>(s.reveal(2).statement(), ByteString.of(new byte[4])), s.reveal(3));
        assertThat(s.effects()).isEmpty();
        assertThat(s.hears(s.reveal(2)).state()).isInstanceOf(AgreementState.Certifying.class);
    }

    @Test
    void asksForCommitmentsWhenARevealNamesOthers() {
        Situation s = Situation.revealed();
        Reveal m = s.reveal(2).statement().message();
        s.hears(new Packet<>(
                s.epoch.server(2).sign(new Reveal(m.at(), 2, s.epoch.hash("x"), m.nonce(), m.shareRoot())),
                s.share(2)));
        assertThat(s.effects()).noneMatch(effect -> effect instanceof AgreementEffect.Found);
        assertThat(s.effects())
                .anyMatch(effect -> effect instanceof AgreementEffect.Ask ask
                        && ask.what().type().equals("commitment"))
                .anyMatch(effect -> effect instanceof AgreementEffect.Send);
        assertThat(s.hears(s.reveal(3)).said(Record.class)).isEmpty();
    }

    @Test
    void aProposalOrARestartedPeerChangesNothing() {
        assertThat(Situation.revealed().on(new AgreementEvent.ProposalSeen()).state())
                .isInstanceOf(AgreementState.Revealed.class);
        Situation s = Situation.revealed().on(new AgreementEvent.PeerRestarted(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Revealed.class);
        assertThat(s.hears(s.reveal(2), s.reveal(3)).state()).isInstanceOf(AgreementState.Certifying.class);
    }
}
