package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plainsong.core.message.Failed;

class StuckTest {
    @Test
    void aRecordThatBecomesCompleteAfterAllStillCounts() {
        Situation s = Situation.certifying();
        s.hears(s.failed(3, true));
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
        assertThat(s.state()).isInstanceOf(AgreementState.Stuck.class);
        s.hears(s.record(2), s.record(3));
        assertThat(s.state()).isInstanceOf(AgreementState.Certified.class);
        assertThat(s.effects())
                .anyMatch(effect -> effect instanceof AgreementEffect.Certified)
                .anyMatch(effect -> effect instanceof AgreementEffect.Found);
    }

    @Test
    void theOwnFailedIsStillSaidOnceItIsOnDisk() {
        Situation s = Situation.failedSigned();
        s.hears(s.record(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Stuck.class);
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.FAILED));
        assertThat(s.said(Failed.class)).hasSize(1);
    }

    @Test
    void aFailedRecordThatBecomesCompleteIsALink() {
        Situation s = Situation.failedSaid();
        s.hears(s.record(2));
        s.hears(s.failed(2, true), s.failed(3, false));
        assertThat(s.effects()).anyMatch(effect -> effect instanceof AgreementEffect.AttemptFailed);
    }
}
