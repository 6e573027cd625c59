package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Reveal;

class SharingTest {
    @Test
    void commitsToItsShare() {
        Situation s = Situation.sharing().shareReady();
        assertThat(s.state()).isInstanceOf(AgreementState.Committed.class);
        assertThat(s.said(Commitment.class)).containsExactly(s.commitment(1));
        assertThat(s.said(Reveal.class)).isEmpty();
    }

    @Test
    void revealsAtOnceIfTheOthersWereQuicker() {
        Situation s = Situation.sharing();
        s.hears(s.commitment(2), s.commitment(3));
        assertThat(s.state()).isInstanceOf(AgreementState.Sharing.class);
        s.shareReady();
        assertThat(s.said(Reveal.class)).hasSize(1);
    }

    @Test
    void givesUpWithTheInventoriesNamed() {
        Situation s = Situation.sharing();
        s.hears(s.failed(3, false));
        assertThat(s.wroteFailed().inventories()).isEqualTo(s.plan().agreed().inventories());
        assertThat(s.wroteFailed().revealed()).isFalse();
        assertThat(s.shareReady().effects()).isEmpty();
    }

    @Test
    void itsOwnWorkHasNoDeadline() {
        Situation s = Situation.sharing().deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.state()).isInstanceOf(AgreementState.Sharing.class);
        assertThat(s.effects()).isEmpty();
    }

    @Test
    void aShareOfTheWrongSizeIsOurOwnMistake() {
        Situation s = Situation.sharing();
        assertThatThrownBy(() -> s.on(new AgreementEvent.ShareReady(ByteString.EMPTY, s.nonce(1), 1)))
                .isInstanceOf(IllegalStateException.class);
    }
}
