package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Packet;

class InventoriedTest {
    @Test
    void computesItsShareOnceAllInventoriesAreHere() {
        Situation s = Situation.inventoried();
        s.hears(s.inventory(2));
        assertThat(s.state()).isInstanceOf(AgreementState.Inventoried.class);
        s.hears(s.inventory(3));
        assertThat(s.effects()).containsExactly(new AgreementEffect.ComputeShare(s.plan()));
        assertThat(s.plan().attachedTo(1)).containsExactly(0, 1);
        assertThat(s.plan().participants()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void asksAllOthersForWhatIsMissing() {
        Situation s = Situation.inventoried();
        s.hears(s.inventory(2)).deadline(AgreementEvent.Deadline.ASK);
        Frame.Fetch.OfAttempt third = new Frame.Fetch.OfAttempt(Inventory.TYPE, s.attempt.at(), 3);
        assertThat(s.effects())
                .contains(new AgreementEffect.Ask(2, third), new AgreementEffect.Ask(3, third))
                .doesNotContain(new AgreementEffect.Ask(1, third));
    }

    @Test
    void givesUpAtTheDeadlineWithoutNamingInventories() {
        Situation s = Situation.inventoried();
        s.hears(s.inventory(2)).deadline(AgreementEvent.Deadline.PHASE);
        assertThat(s.effects()).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.MISSING_STATEMENT));
        Failed failed = s.wroteFailed();
        assertThat(failed.inventories().isEmpty()).isTrue();
        assertThat(failed.participants().isEmpty()).isTrue();
        assertThat(failed.revealed()).isFalse();
    }

    @Test
    void givesUpOnTwoInventoriesOfOneServer() {
        Situation s = Situation.inventoried();
        Inventory m = s.inventoryOf(2);
        s.hears(
                s.inventory(2),
                Packet.of(s.epoch
                        .server(2)
                        .sign(new Inventory(m.at(), m.prev(), 2, m.headers(), m.hellos(), m.confirmations(), true))));
        assertThat(s.state()).isInstanceOf(AgreementState.FailedSigned.class);
        assertThat(s.effects()).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.CONTRADICTION));
        assertThat(s.effects()).anyMatch(effect -> effect instanceof AgreementEffect.Found);
    }

    @Test
    void waitsForTheInventoriesThatAnotherServersFailedNamesAndNamesThemToo() {
        Situation s = Situation.inventoried();
        RoundPlan plan = s.plan();
        s.hears(Packet.of(s.epoch
                .server(2)
                .sign(new Failed(
                        s.attempt.at(),
                        s.attempt.prev(),
                        2,
                        plan.agreed().inventories(),
                        plan.agreed().participants(),
                        plan.agreed().expectedNext(),
                        false))));
        assertThat(s.state()).isInstanceOf(AgreementState.Inventoried.class);
        s.hears(s.inventory(2), s.inventory(3));
        assertThat(s.wroteFailed().inventories()).isEqualTo(plan.agreed().inventories());
        assertThat(s.wroteFailed().expectedNext()).isEqualTo(plan.agreed().expectedNext());
    }

    @Test
    void givesUpBelowTheFloorAndNamesTheInventories() {
        Situation s = Situation.collecting();
        s.on(new AgreementEvent.WindowClosed(List.of(), List.of(), List.of(), false));
        s.hears(s.inventory(2), s.inventory(3));
        assertThat(s.effects()).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.BELOW_FLOOR));
        assertThat(s.wroteFailed().inventories().size()).isEqualTo(32);
        assertThat(BitSets.positions(s.wroteFailed().expectedNext())).containsExactly(2, 3);
    }
}
