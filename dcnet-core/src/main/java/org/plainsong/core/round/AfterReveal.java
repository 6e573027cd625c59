package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.AgreementEffect.Reason;

/** The phases after this server has shown its share (protocol §5.4 steps 4–5, §4.2 for restarted servers). */
final class AfterReveal {
    private AfterReveal() {}

    /** Signs the record once all shares are here and good; in doubt asks and waits the hard limit once more. */
    static void certify(Turn turn, AgreementState.Revealed before) {
        AgreementState.Revealed revealed = checkNewReveals(turn, before);
        Optional<Reason> doubt = revealed.doubt().or(() -> doubt(revealed));
        if (doubt.isPresent()) {
            if (revealed.doubt().isEmpty()) {
                turn.become(new AgreementState.Revealed(
                        revealed.heard(),
                        revealed.plan(),
                        revealed.checked(),
                        revealed.refuted(),
                        revealed.secondLimit(),
                        doubt));
                beginSecondLimit(turn);
            }
        } else if (revealed.checked().size() == turn.serverCount()) {
            sign(turn, revealed.plan());
        }
    }

    private static Optional<Reason> doubt(AgreementState.Revealed revealed) {
        Heard heard = revealed.heard();
        if (heard.hasAny(Heard.Kind.FAILED)) {
            return Optional.of(Reason.ANOTHER_FAILED);
        }
        if (heard.isContradicted(Heard.Kind.COMMITMENT) || heard.isContradicted(Heard.Kind.REVEAL)) {
            return Optional.of(Reason.CONTRADICTION);
        }
        return revealed.refuted().isEmpty() ? Optional.empty() : Optional.of(Reason.WRONG_REVEAL);
    }

    /** Before failed may be signed: every other server is asked for the missing shares, and the hard limit runs once more. */
    static void beginSecondLimit(Turn turn) {
        if (!(turn.state() instanceof AgreementState.Revealed revealed) || revealed.secondLimit()) {
            return;
        }
        turn.become(new AgreementState.Revealed(
                revealed.heard(), revealed.plan(), revealed.checked(), revealed.refuted(), true, revealed.doubt()));
        turn.askForMissing(Heard.Kind.REVEAL);
        turn.beginPhase();
    }

    private static AgreementState.Revealed checkNewReveals(Turn turn, AgreementState.Revealed before) {
        SortedSet<Integer> checked = new TreeSet<>(before.checked());
        SortedSet<Integer> refuted = new TreeSet<>(before.refuted());
        for (Packet<Reveal> reveal : before.heard().reveals()) {
            int server = reveal.statement().message().server();
            if (checked.contains(server) || refuted.contains(server)) {
                continue;
            }
            switch (Commitments.check(turn.attempt(), before.heard(), reveal)) {
                case Commitments.Answer.Good ignored -> checked.add(server);
                case Commitments.Answer.Wrong wrong -> {
                    refuted.add(server);
                    turn.effect(new AgreementEffect.Found(wrong.violation()));
                }
                case Commitments.Answer.UnderOtherCommitments ignored -> {
                    refuted.add(server);
                    exchangeCommitments(turn);
                }
            }
        }
        if (checked.equals(before.checked()) && refuted.equals(before.refuted())) {
            return before;
        }
        AgreementState.Revealed after = new AgreementState.Revealed(
                before.heard(), before.plan(), checked, refuted, before.secondLimit(), before.doubt());
        turn.become(after);
        return after;
    }

    /** Each server's commitment is sent to all and asked from all: whoever signed two is convicted. */
    private static void exchangeCommitments(Turn turn) {
        for (int server = 1; server <= turn.serverCount(); server++) {
            if (server != turn.context().self()) {
                turn.askAll(Heard.Kind.COMMITMENT, server);
                int to = server;
                turn.heard()
                        .ofKind(Heard.Kind.COMMITMENT)
                        .values()
                        .forEach(commitment -> turn.effect(new AgreementEffect.Send(to, commitment)));
            }
        }
    }

    /** Step 5: combines and signs. The disk works beside the exchange of signatures. */
    private static void sign(Turn turn, RoundPlan plan) {
        List<Packet<Reveal>> reveals = turn.heard().reveals();
        List<ByteString> shares = reveals.stream().map(Packet::body).toList();
        ByteString output = Shares.combine(shares);
        Record record = RecordBuilder.build(turn.attempt(), plan, turn.heard().commitments(), reveals, output);
        Signed<Record> own = turn.context().signer().sign(record);
        AgreementState.Outcome outcome = new AgreementState.Outcome(own, output, shares);
        turn.become(new AgreementState.Certifying(turn.heard(), outcome, false, new TreeSet<>()));
        turn.effect(new AgreementEffect.StoreRecord(own, output, shares));
        turn.say(Heard.Kind.RECORD, Packet.of(own));
        turn.beginPhase();
    }

    static void recordStored(Turn turn) {
        switch (turn.state()) {
            case AgreementState.Certifying certifying -> turn.become(stored(certifying));
            case AgreementState.Stuck(AgreementState.Certifying certifying) ->
                turn.become(new AgreementState.Stuck(stored(certifying)));
            default -> {}
        }
    }

    private static AgreementState.Certifying stored(AgreementState.Certifying certifying) {
        return new AgreementState.Certifying(certifying.heard(), certifying.outcome(), true, certifying.differing());
    }

    /**
     * A restarted server signs the record of an attempt that its own signed commitment and reveal, shown by the others, prove it had revealed. It needs nothing secret
     * for that. It never signs failed.
     */
    static void finish(Turn turn) {
        Heard heard = turn.heard();
        if (heard.hasAny(Heard.Kind.FAILED)) {
            Endings.stuck(turn, Reason.ANOTHER_FAILED);
            return;
        }
        int servers = turn.serverCount();
        if (!heard.hasAll(Heard.Kind.INVENTORY, servers)
                || !heard.hasAll(Heard.Kind.COMMITMENT, servers)
                || !heard.hasAll(Heard.Kind.REVEAL, servers)) {
            return;
        }
        if (!heard.contradicted().isEmpty()) {
            Endings.stuck(turn, Reason.CONTRADICTION);
            return;
        }
        boolean samePrev = heard.inventories().stream()
                .allMatch(inventory ->
                        inventory.message().prev().equals(turn.attempt().prev()));
        RoundPlan plan =
                RoundPlan.of(turn.attempt(), heard.inventories(), turn.context().check());
        if (!samePrev || !plan.floorReached() || !Commitments.allName(heard, plan.clear())) {
            Endings.stuck(turn, Reason.CLEAR_HASHES_DIFFER);
            return;
        }
        boolean allGood = heard.reveals().stream()
                .allMatch(
                        reveal -> Commitments.check(turn.attempt(), heard, reveal) instanceof Commitments.Answer.Good);
        if (allGood) {
            sign(turn, plan);
        } else {
            Endings.stuck(turn, Reason.WRONG_REVEAL);
        }
    }

    static void askForEverything(Turn turn) {
        turn.askForMissing(Heard.Kind.INVENTORY);
        turn.askForMissing(Heard.Kind.COMMITMENT);
        turn.askForMissing(Heard.Kind.REVEAL);
        turn.askForMissing(Heard.Kind.RECORD);
        turn.askForMissing(Heard.Kind.FAILED);
    }
}
