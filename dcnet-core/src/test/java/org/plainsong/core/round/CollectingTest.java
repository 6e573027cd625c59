package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Packet;

class CollectingTest {
    @Test
    void saysItsInventoryWhenTheWindowCloses() {
        Situation s = Situation.collecting().closes();
        assertThat(s.state()).isInstanceOf(AgreementState.Inventoried.class);
        assertThat(s.said(Inventory.class)).containsExactly(s.inventory(1));
        assertThat(s.effects()).contains(new AgreementEffect.SetDeadline(AgreementEvent.Deadline.PHASE, 1000));
    }

    @Test
    void keepsInventoriesThatComeEarly() {
        Situation s = Situation.collecting();
        s.hears(s.inventory(2), s.inventory(3));
        assertThat(s.state()).isInstanceOf(AgreementState.Collecting.class);
        assertThat(s.effects()).isEmpty();
        assertThat(s.closes().state()).isInstanceOf(AgreementState.Sharing.class);
    }

    @Test
    void givesUpWhenAnotherHasFailedAndSaysSoOnlyFromDisk() {
        Situation s = Situation.collecting();
        s.hears(s.failed(2, false));
        assertThat(s.state()).isInstanceOf(AgreementState.FailedSigned.class);
        assertThat(s.wroteFailed().revealed()).isFalse();
        assertThat(s.said(Failed.class)).isEmpty();
        s.on(new AgreementEvent.Stored(AgreementEvent.Written.FAILED));
        assertThat(s.said(Failed.class)).hasSize(1);
    }

    @Test
    void givesUpWhenTheNextEpochIsProposedOrAPeerHasLostItsSecrets() {
        assertThat(Situation.collecting().on(new AgreementEvent.ProposalSeen()).state())
                .isInstanceOf(AgreementState.FailedSigned.class);
        Situation lost = Situation.collecting().on(new AgreementEvent.PeerRestarted(3));
        assertThat(lost.wroteFailed().revealed()).isFalse();
        // The peer never signs failed for an attempt that began before its restart, so no failed record can come of it.
        assertThat(lost.effects()).contains(new AgreementEffect.EpochOver(AgreementEffect.Reason.PEER_RESTARTED));
    }

    @Test
    void ignoresWhatItsSignerHasNoBusinessToSay() {
        Situation s = Situation.collecting();
        // Server 3 signs as server 2; a member signs an inventory; a statement of another attempt.
        s.hears(Packet.of(s.epoch.server(3).sign(s.inventoryOf(2))));
        s.hears(Packet.of(s.epoch.member(0).sign(s.inventoryOf(2))));
        Inventory m = s.inventoryOf(2);
        s.hears(Packet.of(s.epoch
                .server(2)
                .sign(new Inventory(
                        m.at().nextAttempt(), m.prev(), 2, m.headers(), m.hellos(), m.confirmations(), false))));
        assertThat(s.state()).isEqualTo(Agreement.start());
        assertThat(s.effects()).isEmpty();
    }
}
