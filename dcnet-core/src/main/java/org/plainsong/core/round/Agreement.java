package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;

/**
 * How the servers agree on one record of an attempt or on none, as one server sees it (protocol §4.2, §5.4). A pure function: no clock, no randomness, no sending.
 *
 * <pre>
 * Collecting → Inventoried → Sharing → Committed → Revealed → Certifying → Certified
 *      └────────────┴───────────┴──────────┴──────────┴→ FailedSigned → AttemptFailed
 * Finishing → Certifying            Certifying, FailedSigned, Finishing → Stuck
 * </pre>
 *
 * <p>Every decision rests on the state and on the statements held, not on the order in which they came: whatever an event changes, {@link #advance} looks at it all
 * again until nothing moves.
 */
public final class Agreement {
    private Agreement() {}

    /** The attempt begins: its window is open. */
    public static AgreementState start() {
        return new AgreementState.Collecting(Heard.NOTHING);
    }

    /**
     * A server that has restarted since the attempt began tries to finish it (protocol §4.2): it asks the others for all statements, its own too. Only for an attempt
     * of which no own failed is on disk.
     */
    public static Step<AgreementState, AgreementEffect> restarted(AgreementContext context) {
        Turn turn = new Turn(context, new AgreementState.Finishing(Heard.NOTHING));
        AfterReveal.askForEverything(turn);
        turn.beginPhase();
        return turn.done();
    }

    /** One step. An event that does not concern the state changes nothing. */
    public static Step<AgreementState, AgreementEffect> step(
            AgreementContext context, AgreementState state, AgreementEvent event) {
        Turn turn = new Turn(context, state);
        switch (event) {
            case AgreementEvent.WindowClosed closed -> BeforeReveal.windowClosed(turn, closed);
            case AgreementEvent.Said said -> Reception.receive(turn, said.packet());
            case AgreementEvent.ShareReady ready -> BeforeReveal.shareReady(turn, ready);
            case AgreementEvent.DeadlinePassed passed -> Deadlines.passed(turn, passed.deadline());
            case AgreementEvent.ProposalSeen ignored -> BeforeReveal.proposalSeen(turn);
            case AgreementEvent.PeerRestarted peer ->
                turn.become(state.with(state.heard().withRestarted(peer.server())));
            case AgreementEvent.Stored stored -> stored(turn, stored.what());
        }
        advance(turn);
        return turn.done();
    }

    /** The statement that another server asks for, if it is held; its body with it. */
    public static Optional<Packet<?>> answer(AgreementState state, Frame.Fetch.OfAttempt asked) {
        return Heard.Kind.ofType(asked.type())
                .flatMap(kind -> state.heard().get(kind, asked.server()))
                .filter(packet -> isOf(packet, asked));
    }

    /** What this server has said so far, in order: sent again to a peer that was away. */
    public static List<Packet<?>> said(AgreementState state, int self) {
        List<Packet<?>> said = new ArrayList<>();
        for (Heard.Kind kind : Heard.Kind.values()) {
            state.heard().get(kind, self).ifPresent(said::add);
        }
        return said;
    }

    private static boolean isOf(Packet<?> packet, Frame.Fetch.OfAttempt asked) {
        return packet.statement().message() instanceof Message.OfAttempt of
                && of.at().equals(asked.at());
    }

    private static void stored(Turn turn, AgreementEvent.Written what) {
        switch (what) {
            case FAILED -> Endings.failedStored(turn);
            case RECORD -> AfterReveal.recordStored(turn);
        }
    }

    /** Goes as far as the statements held allow. */
    private static void advance(Turn turn) {
        do {
            advanceOnce(turn, turn.state());
        } while (turn.hasMoved());
    }

    private static void advanceOnce(Turn turn, AgreementState state) {
        switch (state) {
            case AgreementState.Collecting ignored -> BeforeReveal.giveUpIfHopeless(turn, Optional.empty());
            case AgreementState.Inventoried ignored -> BeforeReveal.plan(turn);
            case AgreementState.Sharing sharing -> BeforeReveal.giveUpIfHopeless(turn, Optional.of(sharing.plan()));
            case AgreementState.Committed committed -> BeforeReveal.reveal(turn, committed);
            case AgreementState.Revealed revealed -> AfterReveal.certify(turn, revealed);
            case AgreementState.Finishing ignored -> AfterReveal.finish(turn);
            case AgreementState.Certifying certifying -> Endings.complete(turn, certifying);
            case AgreementState.FailedSigned failed -> Endings.complete(turn, failed);
            case AgreementState.Stuck stuck -> Endings.complete(turn, stuck);
            case AgreementState.Certified ignored -> {}
            case AgreementState.AttemptFailed ignored -> {}
        }
    }
}
