package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Reveal;

class CommittedTest {
    @Test
    void revealsOnlyWhenAllCommitmentsAreHere() {
        Situation s = Situation.committed();
        s.hears(s.commitment(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Committed.class);
        s.hears(s.commitment(3));
        assertThat(s.said(Reveal.class)).containsExactly((Packet<?>) s.reveal(1));
        assertThat(s.state()).isInstanceOf(AgreementState.Revealed.class);
    }

    @Test
    void neverRevealsWhenAClearHashDiffers() {
        Situation s = Situation.committed();
        s.hears(s.commitment(2), s.commitment(3, s.epoch.hash("other")));
        assertThat(s.effects()).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.CLEAR_HASHES_DIFFER));
        assertThat(s.said(Reveal.class)).isEmpty();
        assertThat(s.wroteFailed().revealed()).isFalse();
        s.hears(s.commitment(3));
        assertThat(s.said(Reveal.class)).isEmpty();
    }

    @Test
    void givesUpWhenAnotherHasFailedAndNeverRevealsAfterThat() {
        Situation s = Situation.committed();
        s.hears(s.failed(2, false));
        assertThat(s.wroteFailed().revealed()).isFalse();
        s.hears(s.commitment(2), s.commitment(3));
        assertThat(s.said(Reveal.class)).isEmpty();
    }

    @Test
    void givesUpAtTheDeadlineAndWhenTheNextEpochIsProposed() {
        assertThat(Situation.committed().deadline(AgreementEvent.Deadline.PHASE).state())
                .isInstanceOf(AgreementState.FailedSigned.class);
        assertThat(Situation.committed().on(new AgreementEvent.ProposalSeen()).state())
                .isInstanceOf(AgreementState.FailedSigned.class);
    }

    @Test
    void goesOnWithoutASecretOfARestartedServerThatHadRevealed() {
        Situation s = Situation.committed();
        s.hears(s.commitment(2), s.reveal(2)).on(new AgreementEvent.PeerRestarted(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Committed.class);
        s.hears(s.commitment(3));
        assertThat(s.said(Reveal.class)).hasSize(1);
        Situation lost = Situation.committed().on(new AgreementEvent.PeerRestarted(2));
        assertThat(lost.wroteFailed().revealed()).isFalse();
        assertThat(lost.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.PEER_RESTARTED));
    }
}
