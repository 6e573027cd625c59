package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;

/** One step of an {@link Agreement} while it is being made: the state so far and the effects so far. Lives no longer than the step. */
final class Turn {
    /** The others are asked for what is missing after this part of the hard limit. */
    private static final int ASK_PARTS = 4;

    private final AgreementContext context;
    private final List<AgreementEffect> effects = new ArrayList<>();
    private AgreementState state;
    private boolean moved;

    Turn(AgreementContext context, AgreementState state) {
        this.context = context;
        this.state = state;
    }

    AgreementContext context() {
        return context;
    }

    AttemptContext attempt() {
        return context.attempt();
    }

    int serverCount() {
        return context.serverCount();
    }

    AgreementState state() {
        return state;
    }

    Heard heard() {
        return state.heard();
    }

    void become(AgreementState next) {
        state = next;
        moved = true;
    }

    /** Whether the state has changed since this was last asked. */
    boolean hasMoved() {
        boolean answer = moved;
        moved = false;
        return answer;
    }

    void effect(AgreementEffect effect) {
        effects.add(effect);
    }

    Step<AgreementState, AgreementEffect> done() {
        return new Step<>(state, effects);
    }

    /** Says an own statement: it is held from now on like the others'. */
    void say(Heard.Kind kind, Packet<? extends Message> packet) {
        state = state.with(heard().with(kind, context.self(), packet));
        effects.add(new AgreementEffect.Say(packet));
    }

    /** A new phase begins, with its own deadlines. */
    void beginPhase() {
        effects.add(new AgreementEffect.SetDeadline(AgreementEvent.Deadline.PHASE, context.hardLimit()));
        askLater();
    }

    void askLater() {
        int millis = Math.max(1, context.hardLimit() / ASK_PARTS);
        effects.add(new AgreementEffect.SetDeadline(AgreementEvent.Deadline.ASK, millis));
    }

    /** Asks every other server for the statements of this kind that are missing. */
    void askForMissing(Heard.Kind kind) {
        heard().missing(kind, serverCount()).forEach(server -> askAll(kind, server));
    }

    /** Asks every other server for its copy of this server's statement. */
    void askAll(Heard.Kind kind, int ofServer) {
        for (int other = 1; other <= serverCount(); other++) {
            if (other != context.self()) {
                effects.add(new AgreementEffect.Ask(
                        other, new Frame.Fetch.OfAttempt(kind.type(), attempt().at(), ofServer)));
            }
        }
    }
}
