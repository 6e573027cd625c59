package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;

/** A server that lost its epoch secrets after it had revealed (protocol §4.2). */
class FinishingTest {
    private final Situation s = new Situation();
    private AgreementState state;
    private List<AgreementEffect> effects;

    FinishingTest() {
        Step<AgreementState, AgreementEffect> step = Agreement.restarted(s.self);
        state = step.next();
        effects = step.effects();
    }

    private void hears(Packet<?>... packets) {
        for (Packet<?> packet : packets) {
            Step<AgreementState, AgreementEffect> step = Agreement.step(s.self, state, new AgreementEvent.Said(packet));
            state = step.next();
            effects = step.effects();
        }
    }

    private void hearsAllBut(Packet<?> missing) {
        for (int server = 1; server <= 3; server++) {
            for (Packet<?> packet : List.of(s.inventory(server), s.commitment(server), s.reveal(server))) {
                if (!packet.equals(missing)) {
                    hears(packet);
                }
            }
        }
    }

    @Test
    void asksForEverythingItsOwnStatementsToo() {
        assertThat(effects)
                .anyMatch(effect -> effect instanceof AgreementEffect.Ask ask
                        && ask.what().server() == 1
                        && ask.what().type().equals("reveal"));
    }

    @Test
    void signsTheRecordOnceItsOwnRevealIsShown() {
        hearsAllBut(s.reveal(1));
        assertThat(state).isInstanceOf(AgreementState.Finishing.class);
        hears(s.reveal(1));
        assertThat(effects).contains(new AgreementEffect.Say(s.record(1)));
        assertThat(state).isInstanceOf(AgreementState.Certifying.class);
    }

    @Test
    void neverSignsFailed() {
        hearsAllBut(s.reveal(3));
        for (AgreementEvent event : List.of(
                new AgreementEvent.DeadlinePassed(AgreementEvent.Deadline.PHASE),
                new AgreementEvent.DeadlinePassed(AgreementEvent.Deadline.ASK),
                new AgreementEvent.ProposalSeen(),
                new AgreementEvent.PeerRestarted(2),
                new AgreementEvent.Said(s.failed(2, true)))) {
            Step<AgreementState, AgreementEffect> step = Agreement.step(s.self, state, event);
            state = step.next();
            assertThat(step.effects()).noneMatch(effect -> effect instanceof AgreementEffect.StoreFailed);
        }
        assertThat(state).isInstanceOf(AgreementState.Stuck.class);
    }

    @Test
    void signsNoRecordThatDoesNotFollow() {
        hears(s.inventory(1), s.inventory(2), s.inventory(3), s.commitment(1), s.commitment(2));
        hears(s.commitment(3, s.epoch.hash("other")), s.reveal(1), s.reveal(2), s.reveal(3));
        assertThat(state).isInstanceOf(AgreementState.Stuck.class);
        assertThat(state.heard().get(Heard.Kind.RECORD, 1)).isEmpty();
        assertThat(effects)
                .noneMatch(effect -> effect instanceof AgreementEffect.Say say
                        && say.packet().statement().message() instanceof Record);
    }
}
