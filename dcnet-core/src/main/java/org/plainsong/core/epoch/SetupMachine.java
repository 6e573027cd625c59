package org.plainsong.core.epoch;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.MemberId;

/**
 * The making of an epoch at a server (protocol §4.1, §4.3), by the rules of §4.2: one statement under one key; silence is never evidence; where an outcome
 * rests on something not having come, the union of all M sets is what counts.
 *
 * <p>Statements may come in any order: each is put into the book, then the machine goes on as far as what is in the book allows.
 */
public final class SetupMachine {
    private SetupMachine() {}

    /** Begins with a checked proposal: draws the three key pairs and announces them. The epoch's number must be on disk before the effects are carried out. */
    public static Step<SetupState, SetupEffect> start(SetupContext context, Randomness randomness, long nowMillis) {
        Turn turn = new Turn(context, Held.empty(), nowMillis);
        SetupSecrets secrets = SetupSecrets.draw(randomness);
        turn.patience(EnrolPhases.EXCHANGE);
        turn.say(
                Book.Kind.ANNOUNCEMENT,
                new Announcement(
                        context.epoch(), context.self(), secrets.padKey(), secrets.outerKey(), secrets.innerKey()));
        return go(turn, new SetupPhase.Announcing(secrets));
    }

    /** Takes one event in. */
    public static Step<SetupState, SetupEffect> step(SetupContext context, SetupState state, SetupEvent event) {
        Turn turn = new Turn(context, state.held(), event.atMillis());
        switch (event) {
            case SetupEvent.Received received -> {
                Absorb.note(turn, terms(state.phase()), received.packet());
                JudgeOnArrival.judge(
                        turn,
                        state.held().book(),
                        state.phase(),
                        received.packet().statement().message());
            }
            case SetupEvent.DeadlinePassed passed -> {
                if (passed.atMillis() >= state.held().deadlineMillis()) {
                    turn.expire();
                }
            }
            case SetupEvent.Connected connected -> connected(turn, state.phase(), connected.members());
            case SetupEvent.PeerUp up -> {
                state.held().said().forEach(frame -> turn.send(up.server(), frame));
                return go(turn, askAgain(state.phase(), up.server()));
            }
            case SetupEvent.WorkDone done -> deliver(turn, state, done.result());
        }
        return go(turn, state.phase());
    }

    @SuppressWarnings(
            "ReferenceEquality") // A phase that gives itself back has not moved; comparing contents would cost whole
    // lists.
    private static Step<SetupState, SetupEffect> go(Turn turn, SetupPhase from) {
        SetupPhase phase = from;
        SetupPhase next = advance(turn, phase);
        while (next != phase) {
            phase = next;
            next = advance(turn, phase);
        }
        return new Step<>(new SetupState(turn.held(), phase), turn.effects());
    }

    private static SetupPhase advance(Turn turn, SetupPhase phase) {
        return ended(turn, phase).orElseGet(() -> switch (phase) {
            case SetupPhase.Announcing p -> EnrolPhases.announcing(turn, p);
            case SetupPhase.Enrolling p -> EnrolPhases.enrolling(turn, p);
            case SetupPhase.Gathering p -> EnrolPhases.gathering(turn, p);
            case SetupPhase.CheckingEnrolments p -> EnrolPhases.checking(turn, p);
            case SetupPhase.OpeningTags p -> TagPhase.openingTags(turn, p);
            case SetupPhase.Shuffling p -> ShufflePhases.shuffling(turn, p);
            case SetupPhase.Comparing p -> ShufflePhases.comparing(turn, p);
            case SetupPhase.Confirming p -> ConfirmPhases.confirming(turn, p);
            case SetupPhase.Opening p -> ConfirmPhases.opening(turn, p);
            case SetupPhase.SigningOpening p -> RecordPhase.signing(turn, p);
            case SetupPhase.Linking p -> TracePhases.linking(turn, p);
            case SetupPhase.Tracing p -> TracePhases.tracing(turn, p);
            case SetupPhase.Opened p -> p;
            case SetupPhase.Voided p -> p;
            case SetupPhase.Convicted p -> p;
        });
    }

    /** What ends every phase before the opening record is signed: a convicted server, or, unless members are asked to open something, one that has given up. */
    private static Optional<SetupPhase> ended(Turn turn, SetupPhase phase) {
        if (isOver(phase) || phase instanceof SetupPhase.SigningOpening) {
            return Optional.empty();
        }
        if (turn.serverConvicted()) {
            return Optional.of(Failing.fail(turn, phase, "a server broke the protocol"));
        }
        // What members open there is evidence: nobody escapes it by giving up.
        if (phase instanceof SetupPhase.Tracing
                || phase instanceof SetupPhase.Linking
                || phase instanceof SetupPhase.OpeningTags) {
            return Optional.empty();
        }
        SortedSet<Integer> gaveUp = new TreeSet<>();
        for (int j = 1; j <= turn.context().servers(); j++) {
            if (turn.book().statement(Book.Kind.OUTCOME, j, Failed.class).isPresent()) {
                gaveUp.add(j);
            }
        }
        return gaveUp.isEmpty()
                ? Optional.empty()
                : Optional.of(Failing.fail(turn, phase, "another server gave the setup up"));
    }

    /** Whoever is newly connected gets what the phase has for it. */
    private static void connected(Turn turn, SetupPhase phase, SortedSet<MemberId> members) {
        SortedSet<MemberId> fresh = new TreeSet<>(members);
        turn.held().connected().ifPresent(before -> fresh.removeAll(before));
        turn.hold(turn.held().withConnected(members));
        switch (phase) {
            case SetupPhase.Enrolling p -> {
                fresh.retainAll(turn.context().parties().members().keySet());
                fresh.removeAll(turn.book().enrolments().keySet());
                turn.send(fresh, EnrolPhases.offer(turn, p.terms()));
            }
            case SetupPhase.OpeningTags p -> {
                if (!p.setSaid()) {
                    TagPhase.ask(turn, p, fresh);
                }
            }
            case SetupPhase.Confirming p -> {
                if (!p.setSaid()) {
                    fresh.retainAll(ConfirmPhases.unanswered(turn, p.chained()));
                    turn.send(fresh, p.chained().leaves());
                }
            }
            case SetupPhase.Tracing p -> {
                if (p.stage() == SetupPhase.Tracing.Stage.OPENING) {
                    TracePhases.ask(turn, p, fresh);
                }
            }
            default -> {}
        }
    }

    /** What was asked of a server whose link broke may never have reached it. */
    private static SetupPhase askAgain(SetupPhase phase, int server) {
        if (!(phase instanceof SetupPhase.Gathering gathering)) {
            return phase;
        }
        SortedSet<String> requested = new TreeSet<>(gathering.requested());
        requested.removeIf(request -> request.endsWith("/" + server));
        return new SetupPhase.Gathering(gathering.secrets(), gathering.terms(), requested);
    }

    /** A result that comes after its phase has ended holds secrets that nobody needs. */
    private static void deliver(Turn turn, SetupState state, SetupWork.Result result) {
        if (state.over() && result instanceof SetupWork.Tags.Checked checked) {
            checked.secrets().forEach(secret -> secret.ifPresent(Secret::wipe));
        }
        turn.deliver(result);
    }

    static @Nullable Terms terms(SetupPhase phase) {
        return switch (phase) {
            case SetupPhase.Announcing p -> null;
            case SetupPhase.Enrolling p -> p.terms();
            case SetupPhase.Gathering p -> p.terms();
            case SetupPhase.CheckingEnrolments p -> p.terms();
            case SetupPhase.OpeningTags p -> p.agreed().terms();
            case SetupPhase.Shuffling p -> p.mixed().terms();
            case SetupPhase.Comparing p -> p.mixed().terms();
            case SetupPhase.Confirming p -> p.chained().terms();
            case SetupPhase.Opening p -> p.chained().terms();
            case SetupPhase.SigningOpening p -> p.chained().terms();
            case SetupPhase.Linking p -> p.mixed().terms();
            case SetupPhase.Tracing p -> p.mixed().terms();
            case SetupPhase.Opened p -> p.terms();
            case SetupPhase.Voided p -> p.terms().orElse(null);
            case SetupPhase.Convicted p -> p.terms().orElse(null);
        };
    }

    /** The kind of statement of which a phase waits for all M, if it waits for servers. */
    static Book.@Nullable Kind awaited(SetupPhase phase) {
        return switch (phase) {
            case SetupPhase.Announcing p -> Book.Kind.ANNOUNCEMENT;
            case SetupPhase.Gathering p -> Book.Kind.ENROLMENT_SET;
            case SetupPhase.CheckingEnrolments p -> Book.Kind.ENROLMENT_CHECK;
            case SetupPhase.OpeningTags p -> p.setSaid() ? Book.Kind.TAG_OPENING_SET : null;
            case SetupPhase.Shuffling p -> Book.Kind.HOP;
            case SetupPhase.Comparing p -> Book.Kind.CHAIN_CHECK;
            case SetupPhase.Confirming p -> p.setSaid() ? Book.Kind.CONFIRMATION_SET : null;
            case SetupPhase.Opening p -> Book.Kind.REVEAL;
            case SetupPhase.SigningOpening p -> Book.Kind.OUTCOME;
            case SetupPhase.Linking p -> Book.Kind.LINK;
            case SetupPhase.Tracing p ->
                switch (p.stage()) {
                    case STOPPING -> Book.Kind.REVEAL;
                    case OPENING -> null;
                    case EXCHANGING -> Book.Kind.OPENING_SET;
                };
            case SetupPhase.Enrolling p -> null;
            case SetupPhase.Opened p -> null;
            case SetupPhase.Voided p -> null;
            case SetupPhase.Convicted p -> null;
        };
    }

    private static boolean isOver(SetupPhase phase) {
        return phase instanceof SetupPhase.Opened
                || phase instanceof SetupPhase.Voided
                || phase instanceof SetupPhase.Convicted;
    }
}
