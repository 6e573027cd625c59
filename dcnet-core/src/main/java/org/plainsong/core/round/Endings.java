package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.AgreementEffect.Reason;

/** How an attempt ends: M signatures under one record, M times failed, or neither ever (protocol §4.2). */
final class Endings {
    private Endings() {}

    /** Signs failed; it goes to disk first and is said after that. */
    static void giveUp(Turn turn, Reason reason, Optional<RoundPlan> plan, boolean revealed) {
        AttemptContext attempt = turn.attempt();
        // A failed record confirms nobody, so members that would be confirmed by a record are not expected.
        Signed<Failed> own = turn.context()
                .signer()
                .sign(new Failed(
                        attempt.at(),
                        attempt.prev(),
                        turn.context().self(),
                        plan.map(p -> p.agreed().inventories()).orElse(ByteString.EMPTY),
                        plan.map(p -> p.agreed().participants()).orElse(ByteString.EMPTY),
                        plan.map(p -> BitSets.and(p.agreed().expectedNext(), attempt.confirmed()))
                                .orElse(ByteString.EMPTY),
                        revealed));
        turn.effect(new AgreementEffect.GivesUp(reason));
        turn.become(new AgreementState.FailedSigned(turn.heard(), own, false));
        turn.effect(new AgreementEffect.StoreFailed(own));
        turn.beginPhase();
    }

    static void failedStored(Turn turn) {
        switch (turn.state()) {
            case AgreementState.FailedSigned failed when !failed.stored() -> sayFailed(turn, failed);
            case AgreementState.Stuck(AgreementState.FailedSigned failed)
            when !failed.stored() -> {
                sayFailed(turn, failed);
                turn.become(new AgreementState.Stuck(turn.state()));
            }
            default -> {}
        }
    }

    private static void sayFailed(Turn turn, AgreementState.FailedSigned failed) {
        turn.become(new AgreementState.FailedSigned(failed.heard(), failed.own(), true));
        turn.say(Heard.Kind.FAILED, Packet.of(failed.own()));
    }

    /** Neither end can be reached with what is held: the epoch is over. */
    static void stuck(Turn turn, Reason reason) {
        turn.become(new AgreementState.Stuck(turn.state()));
        turn.effect(new AgreementEffect.EpochOver(reason));
    }

    /** All M signatures under the own record make it count, whatever else was signed; a failed of another server alone rules it out. */
    static void complete(Turn turn, AgreementState.Certifying certifying) {
        noteDiffering(turn, certifying);
        if (!certified(turn, certifying)
                && agreeing(certifying).size() < turn.serverCount()
                && certifying.heard().hasAny(Heard.Kind.FAILED)) {
            stuck(turn, Reason.RECORD_AND_FAILED);
        }
    }

    static void complete(Turn turn, AgreementState.FailedSigned failed) {
        if (allFailed(turn, failed.heard())) {
            return;
        }
        Heard heard = failed.heard();
        if (heard.isContradicted(Heard.Kind.FAILED)) {
            stuck(turn, Reason.CONTRADICTION);
        } else if (heard.hasAny(Heard.Kind.RECORD)) {
            stuck(turn, Reason.RECORD_AND_FAILED);
        } else if (!samePrev(turn, heard)) {
            stuck(turn, Reason.ANOTHER_PREV);
        } else if (heard.restarted().stream()
                .anyMatch(server -> heard.get(Heard.Kind.FAILED, server).isEmpty())) {
            // It never signs failed for an attempt that began before its restart.
            stuck(turn, Reason.PEER_RESTARTED);
        }
    }

    static void complete(Turn turn, AgreementState.Stuck stuck) {
        switch (stuck.before()) {
            case AgreementState.Certifying certifying -> certified(turn, certifying);
            case AgreementState.FailedSigned failed -> allFailed(turn, failed.heard());
            default -> {}
        }
    }

    /** The outcome that this server has signed, if it has. */
    static Optional<AgreementState.Outcome> outcome(AgreementState state) {
        return switch (state) {
            case AgreementState.Certifying certifying -> Optional.of(certifying.outcome());
            case AgreementState.Stuck(AgreementState.Certifying certifying) -> Optional.of(certifying.outcome());
            default -> Optional.empty();
        };
    }

    /** Servers whose signature under the own record is held. */
    static List<Signature> agreeing(AgreementState.Certifying certifying) {
        ByteString payload = certifying.outcome().own().payload();
        List<Signature> signatures = new ArrayList<>();
        for (Signed<Record> record : certifying.heard().records()) {
            if (record.payload().equals(payload)) {
                signatures.add(record.signatures().get(0));
            }
        }
        return signatures;
    }

    private static boolean certified(Turn turn, AgreementState.Certifying certifying) {
        List<Signature> signatures = agreeing(certifying);
        if (!certifying.stored() || signatures.size() < turn.serverCount()) {
            return false;
        }
        AgreementState.Outcome outcome = certifying.outcome();
        signatures.sort(Comparator.comparing(Signature::signer));
        Signed<Record> record =
                new Signed<>(outcome.own().message(), outcome.own().payload(), signatures);
        turn.become(new AgreementState.Certified(certifying.heard(), record, outcome));
        turn.effect(new AgreementEffect.Certified(record, outcome.output(), outcome.shares()));
        return true;
    }

    /** A record that differs from the own one is shown once; its signer's signature does not count. */
    private static void noteDiffering(Turn turn, AgreementState.Certifying certifying) {
        SortedSet<Integer> differing = new TreeSet<>(certifying.differing());
        ByteString payload = certifying.outcome().own().payload();
        certifying.heard().ofKind(Heard.Kind.RECORD).forEach((server, packet) -> {
            if (!packet.statement().payload().equals(payload) && differing.add(server)) {
                turn.effect(new AgreementEffect.RecordDiffers(server));
            }
        });
        if (!differing.equals(certifying.differing())) {
            turn.become(new AgreementState.Certifying(
                    certifying.heard(), certifying.outcome(), certifying.stored(), differing));
        }
    }

    private static boolean allFailed(Turn turn, Heard heard) {
        // No further attempt builds on a failed of which its signer has signed another one, nor on one that names
        // another link.
        if (!heard.hasAll(Heard.Kind.FAILED, turn.serverCount())
                || heard.isContradicted(Heard.Kind.FAILED)
                || !samePrev(turn, heard)) {
            return false;
        }
        FailedRecord link = new FailedRecord(heard.faileds());
        turn.become(new AgreementState.AttemptFailed(heard, link));
        turn.effect(new AgreementEffect.AttemptFailed(link));
        return true;
    }

    private static boolean samePrev(Turn turn, Heard heard) {
        return heard.faileds().stream()
                .allMatch(
                        failed -> failed.message().prev().equals(turn.attempt().prev()));
    }
}
