package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.message.Packet;
import org.plainsong.core.round.AgreementEffect.Reason;

/** What a server does when its own deadlines pass; silence is never evidence (protocol §4.2). */
final class Deadlines {
    private Deadlines() {}

    static void passed(Turn turn, AgreementEvent.Deadline deadline) {
        switch (deadline) {
            case PHASE -> phase(turn);
            case ASK -> ask(turn);
        }
    }

    private static void phase(Turn turn) {
        switch (turn.state()) {
            case AgreementState.Inventoried ignored ->
                Endings.giveUp(turn, Reason.MISSING_STATEMENT, Optional.empty(), false);
            case AgreementState.Committed committed ->
                Endings.giveUp(turn, Reason.MISSING_STATEMENT, Optional.of(committed.plan()), false);
            case AgreementState.Revealed revealed -> afterReveal(turn, revealed);
            case AgreementState.Certifying certifying -> waitFor(turn, Heard.Kind.RECORD, withoutOwnRecord(certifying));
            case AgreementState.FailedSigned failed ->
                waitFor(turn, Heard.Kind.FAILED, failed.heard().missing(Heard.Kind.FAILED, turn.serverCount()));
            case AgreementState.Finishing finishing ->
                waitFor(turn, Heard.Kind.REVEAL, finishing.heard().missing(Heard.Kind.REVEAL, turn.serverCount()));
            case AgreementState.Collecting ignored -> {}
            case AgreementState.Sharing ignored -> {}
            case AgreementState.Certified ignored -> {}
            case AgreementState.AttemptFailed ignored -> {}
            case AgreementState.Stuck ignored -> {}
        }
    }

    private static void afterReveal(Turn turn, AgreementState.Revealed revealed) {
        if (revealed.secondLimit()) {
            Endings.giveUp(turn, revealed.doubt().orElse(Reason.MISSING_STATEMENT), Optional.of(revealed.plan()), true);
        } else {
            AfterReveal.beginSecondLimit(turn);
        }
    }

    /** A server whose signature stays out is named, and the group waits. */
    private static void waitFor(Turn turn, Heard.Kind kind, List<Integer> servers) {
        turn.effect(new AgreementEffect.WaitsFor(kind, servers));
        turn.beginPhase();
    }

    private static void ask(Turn turn) {
        switch (turn.state()) {
            case AgreementState.Inventoried ignored -> turn.askForMissing(Heard.Kind.INVENTORY);
            case AgreementState.Committed ignored -> turn.askForMissing(Heard.Kind.COMMITMENT);
            case AgreementState.Revealed ignored -> turn.askForMissing(Heard.Kind.REVEAL);
            case AgreementState.Certifying certifying -> helpLate(turn, certifying);
            case AgreementState.FailedSigned ignored -> {
                turn.askForMissing(Heard.Kind.FAILED);
                turn.askForMissing(Heard.Kind.RECORD);
            }
            case AgreementState.Finishing ignored -> AfterReveal.askForEverything(turn);
            case AgreementState.Stuck ignored -> {
                turn.askForMissing(Heard.Kind.FAILED);
                turn.askForMissing(Heard.Kind.RECORD);
            }
            case AgreementState.Collecting ignored -> {
                return;
            }
            case AgreementState.Sharing ignored -> {
                return;
            }
            case AgreementState.Certified ignored -> {
                return;
            }
            case AgreementState.AttemptFailed ignored -> {
                return;
            }
        }
        turn.askLater();
    }

    /** Shares go on to a server whose signature is late: perhaps it lacks one. */
    private static void helpLate(Turn turn, AgreementState.Certifying certifying) {
        for (int server : withoutOwnRecord(certifying)) {
            for (Packet<?> reveal : certifying.heard().ofKind(Heard.Kind.REVEAL).values()) {
                turn.effect(new AgreementEffect.Send(server, reveal));
            }
            turn.askAll(Heard.Kind.RECORD, server);
            turn.askAll(Heard.Kind.FAILED, server);
        }
    }

    private static List<Integer> withoutOwnRecord(AgreementState.Certifying certifying) {
        return certifying
                .heard()
                .missing(Heard.Kind.RECORD, certifying.outcome().shares().size());
    }
}
