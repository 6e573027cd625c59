package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;

class FailedSignedTest {
    @Test
    void showsNothingBeforeItIsOnDisk() {
        Situation s = Situation.failedSigned();
        Frame.Fetch.OfAttempt own = new Frame.Fetch.OfAttempt(Failed.TYPE, s.attempt.at(), 1);
        assertThat(Agreement.answer(s.state(), own)).isEmpty();
        s.hears(s.failed(2, false), s.failed(3, false));
        assertThat(s.state()).isInstanceOf(AgreementState.FailedSigned.class);
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.FAILED));
        assertThat(Agreement.answer(s.state(), own)).isPresent();
    }

    @Test
    void theAttemptHasFailedWhenAllSaySo() {
        Situation s = Situation.failedSaid();
        s.hears(s.failed(2, true), s.failed(3, false));
        AgreementState.AttemptFailed failed = (AgreementState.AttemptFailed) s.state();
        assertThat(s.effects()).containsExactly(new AgreementEffect.AttemptFailed(failed.link()));
        assertThat(failed.link().mayHaveBeenRevealed()).isTrue();
        assertThat(failed.link().statements())
                .extracting(each -> each.message().server())
                .containsExactly(1, 2, 3);
    }

    @Test
    void asksAndNamesWhoHasNotFailedYet() {
        Situation s = Situation.failedSaid();
        s.hears(s.failed(2, false)).deadline(AgreementEvent.Deadline.ASK);
        assertThat(s.effects())
                .contains(new AgreementEffect.Ask(2, new Frame.Fetch.OfAttempt(Failed.TYPE, s.attempt.at(), 3)));
        s.deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.effects()).contains(new AgreementEffect.WaitsFor(Heard.Kind.FAILED, List.of(3)));
    }

    @Test
    void aRecordOfAnotherEndsTheEpoch() {
        Situation s = Situation.failedSaid();
        s.hears(s.record(2));
        assertThat(s.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.RECORD_AND_FAILED));
        assertThat(s.state()).isInstanceOf(AgreementState.Stuck.class);
    }

    @Test
    void twoDifferentFailedOfOneEndTheEpochAndMakeNoLink() {
        Situation s = Situation.failedSaid();
        s.hears(s.failed(2, false), s.failed(2, true), s.failed(3, false));
        assertThat(s.effects())
                .contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.CONTRADICTION))
                .noneMatch(effect -> effect instanceof AgreementEffect.AttemptFailed);
    }

    @Test
    void aPeerThatHasRestartedWillNeverFailTheAttempt() {
        Situation s = Situation.failedSaid();
        s.hears(s.failed(2, false)).on(new AgreementEvent.PeerRestarted(3));
        assertThat(s.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.PEER_RESTARTED));
        Situation early = Situation.failedSaid();
        early.hears(early.failed(3, false)).on(new AgreementEvent.PeerRestarted(3));
        assertThat(early.effects()).isEmpty();
    }

    @Test
    void aFailedOnAnotherLinkMakesNoneOfOurs() {
        Situation s = Situation.failedSaid();
        Failed m = s.failed(2, false).statement().message();
        s.hears(Packet.of(s.epoch
                .server(2)
                .sign(new Failed(
                        m.at(),
                        new RecordHash(s.epoch.hash("elsewhere")),
                        2,
                        m.inventories(),
                        m.participants(),
                        m.expectedNext(),
                        false))));
        assertThat(s.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.ANOTHER_PREV));
    }

    @Test
    void signsNothingMoreWhateverComes() {
        Situation s = Situation.failedSaid();
        s.closes();
        s.hears(s.inventory(2), s.inventory(3), s.commitment(2), s.commitment(3), s.reveal(2), s.reveal(3));
        s.shareReady();
        assertThat(s.effects()).isEmpty();
        assertThat(Agreement.said(s.state(), 1)).hasSize(1);
    }
}
