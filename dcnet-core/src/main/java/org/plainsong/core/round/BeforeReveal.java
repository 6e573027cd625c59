package org.plainsong.core.round;

import java.util.Optional;
import java.util.TreeSet;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.AgreementEffect.Reason;

/** The phases in which this server has shown nothing yet and can give up at once (protocol §5.4 steps 1–4). */
final class BeforeReveal {
    private BeforeReveal() {}

    /** Step 1: the inventory. */
    static void windowClosed(Turn turn, AgreementEvent.WindowClosed closed) {
        if (!(turn.state() instanceof AgreementState.Collecting collecting)) {
            return;
        }
        turn.become(new AgreementState.Inventoried(collecting.heard()));
        turn.say(
                Heard.Kind.INVENTORY,
                Packet.of(turn.context()
                        .signer()
                        .sign(new Inventory(
                                turn.attempt().at(),
                                turn.attempt().prev(),
                                turn.context().self(),
                                closed.headers(),
                                closed.hellos(),
                                closed.confirmations(),
                                closed.endWish()))));
        turn.beginPhase();
    }

    /**
     * Step 2: with all M inventories and the floor reached the share can be computed; else failed at once, before any commitment. If another server has given up over a
     * full set of inventories, failed is signed over that set too once it is here: only statements that all name one set let the expected be counted anew (§5.5).
     */
    static void plan(Turn turn) {
        Optional<Reason> hopeless = hopeless(turn);
        boolean complete = turn.heard().hasAll(Heard.Kind.INVENTORY, turn.serverCount());
        if (hopeless.isPresent() && !(hopeless.get() == Reason.ANOTHER_FAILED && someFailedNamesInventories(turn))) {
            Endings.giveUp(turn, hopeless.get(), Optional.empty(), false);
            return;
        }
        if (!complete) {
            return;
        }
        RoundPlan plan = RoundPlan.of(
                turn.attempt(), turn.heard().inventories(), turn.context().check());
        plan.violations().forEach(violation -> turn.effect(new AgreementEffect.Found(violation)));
        if (hopeless.isPresent() || !plan.floorReached()) {
            Endings.giveUp(turn, hopeless.orElse(Reason.BELOW_FLOOR), Optional.of(plan), false);
            return;
        }
        turn.become(new AgreementState.Sharing(turn.heard(), plan));
        turn.effect(new AgreementEffect.ComputeShare(plan));
    }

    /** Step 3: the commitment. */
    static void shareReady(Turn turn, AgreementEvent.ShareReady ready) {
        if (!(turn.state() instanceof AgreementState.Sharing sharing)) {
            return;
        }
        AttemptContext attempt = turn.attempt();
        if (ready.share().size() != attempt.layout().totalBytes()
                || ready.nonce().size() != Commitments.NONCE_SIZE) {
            throw new IllegalStateException("a share of " + ready.share().size() + " bytes with a nonce of "
                    + ready.nonce().size() + " for the " + attempt.layout());
        }
        int self = turn.context().self();
        turn.become(new AgreementState.Committed(
                sharing.heard(), sharing.plan(), new AgreementState.OwnShare(ready.share(), ready.nonce())));
        turn.say(
                Heard.Kind.COMMITMENT,
                Packet.of(turn.context()
                        .signer()
                        .sign(new Commitment(
                                attempt.at(),
                                self,
                                sharing.plan().clear(),
                                ready.nowMillis(),
                                RoundHashes.commitment(
                                        attempt.at(), self, sharing.plan().clear(), ready.nonce(), ready.share())))));
        turn.beginPhase();
    }

    /** Step 4: shows the share, only when all M clear hashes equal one's own, and never another one. */
    static void reveal(Turn turn, AgreementState.Committed committed) {
        if (giveUpIfHopeless(turn, Optional.of(committed.plan()))) {
            return;
        }
        if (!Commitments.allName(turn.heard(), committed.plan().clear())) {
            Endings.giveUp(turn, Reason.CLEAR_HASHES_DIFFER, Optional.of(committed.plan()), false);
            return;
        }
        if (!turn.heard().hasAll(Heard.Kind.COMMITMENT, turn.serverCount())) {
            return;
        }
        int self = turn.context().self();
        AgreementState.OwnShare own = committed.own();
        Signed<Reveal> reveal = turn.context()
                .signer()
                .sign(new Reveal(
                        turn.attempt().at(),
                        self,
                        RoundHashes.commitments(turn.heard().commitments()),
                        own.nonce(),
                        TreeHash.rootOfChunks(own.share().unsafeArray())));
        TreeSet<Integer> checked = new TreeSet<>();
        checked.add(self);
        turn.become(new AgreementState.Revealed(
                committed.heard(), committed.plan(), checked, new TreeSet<>(), false, Optional.empty()));
        turn.say(Heard.Kind.REVEAL, new Packet<>(reveal, own.share()));
        turn.beginPhase();
    }

    /** The next epoch was proposed: before the own reveal the attempt is given up, after it it is finished or waited for (protocol §4.2). */
    static void proposalSeen(Turn turn) {
        switch (turn.state()) {
            case AgreementState.Collecting ignored ->
                Endings.giveUp(turn, Reason.EPOCH_PROPOSED, Optional.empty(), false);
            case AgreementState.Inventoried ignored ->
                Endings.giveUp(turn, Reason.EPOCH_PROPOSED, Optional.empty(), false);
            case AgreementState.Sharing sharing ->
                Endings.giveUp(turn, Reason.EPOCH_PROPOSED, Optional.of(sharing.plan()), false);
            case AgreementState.Committed committed ->
                Endings.giveUp(turn, Reason.EPOCH_PROPOSED, Optional.of(committed.plan()), false);
            case AgreementState.Revealed ignored -> {}
            case AgreementState.Finishing ignored -> {}
            case AgreementState.Certifying ignored -> {}
            case AgreementState.Certified ignored -> {}
            case AgreementState.FailedSigned ignored -> {}
            case AgreementState.AttemptFailed ignored -> {}
            case AgreementState.Stuck ignored -> {}
        }
    }

    /** Gives up if something held rules a record out. */
    static boolean giveUpIfHopeless(Turn turn, Optional<RoundPlan> plan) {
        Optional<Reason> reason = hopeless(turn);
        reason.ifPresent(why -> Endings.giveUp(turn, why, plan, false));
        return reason.isPresent();
    }

    private static boolean someFailedNamesInventories(Turn turn) {
        return turn.heard().faileds().stream()
                .anyMatch(failed -> !failed.message().inventories().isEmpty());
    }

    /**
     * Why no record can come of the attempt, if that is so. That another server has failed is looked at last: what else is wrong does not depend on which statement came
     * first.
     */
    private static Optional<Reason> hopeless(Turn turn) {
        Heard heard = turn.heard();
        boolean committed = turn.state() instanceof AgreementState.Committed;
        // After the commitments it does not matter any more: the clear hashes tell whether all used the same
        // inventories.
        if ((!committed && heard.isContradicted(Heard.Kind.INVENTORY)) || heard.isContradicted(Heard.Kind.COMMITMENT)) {
            return Optional.of(Reason.CONTRADICTION);
        }
        if (heard.inventories().stream()
                .anyMatch(inventory ->
                        !inventory.message().prev().equals(turn.attempt().prev()))) {
            return Optional.of(Reason.ANOTHER_PREV);
        }
        // One that has restarted can still finish, if it had revealed before.
        if (heard.restarted().stream()
                .anyMatch(server -> heard.get(Heard.Kind.REVEAL, server).isEmpty())) {
            return Optional.of(Reason.PEER_RESTARTED);
        }
        return heard.hasAny(Heard.Kind.FAILED) ? Optional.of(Reason.ANOTHER_FAILED) : Optional.empty();
    }
}
