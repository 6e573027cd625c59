package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.shuffle.Declarations;
import org.plainsong.core.shuffle.Trace;
import org.plainsong.core.shuffle.TraceCase;
import org.plainsong.core.shuffle.TraceCause;
import org.plainsong.core.shuffle.TraceOutcome;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** The trace of protocol §4.3 as the servers run it: links, the end of the run, openings, judgement. */
final class TracePhases {
    private TracePhases() {}

    /** A declaration has ended the run. */
    static SetupPhase declared(Turn turn, SetupPhase.Mixed mixed, Signed<Declaration> declaration) {
        mixed.agreed().secrets().wipeInner();
        turn.patience(EnrolPhases.EXCHANGE);
        TraceCause cause = new TraceCause.Declared(declaration, new TreeMap<>());
        return new SetupPhase.Linking(mixed, traceCase(turn, mixed, cause));
    }

    /** A <em>missing</em> in the union has ended the run. One that shows another chain convicts whoever signed two hops and asks nobody to open. */
    static SetupPhase missing(
            Turn turn,
            SetupPhase.Chained chained,
            ByteString setsHash,
            SortedMap<ItemRef, Signed<Confirmation>> missing) {
        chained.mixed().agreed().secrets().wipeInner();
        SortedMap<ItemRef, Signed<Confirmation>> complaints = new TreeMap<>(missing);
        complaints.values().removeIf(complaint -> showsOtherHops(turn, chained, complaint));
        TraceCause cause = new TraceCause.Missing(setsHash, complaints);
        TraceCase traced = traceCase(turn, chained.mixed(), cause);
        if (turn.serverConvicted()) {
            return fail(turn, new SetupPhase.Linking(chained.mixed(), traced), "a server showed two chains");
        }
        turn.patience(EnrolPhases.EXCHANGE);
        return stop(turn, chained.mixed(), traced);
    }

    private static boolean showsOtherHops(Turn turn, SetupPhase.Chained chained, Signed<Confirmation> complaint) {
        boolean other = false;
        for (Signed<Hop> shown : complaint.message().hops()) {
            int h = shown.message().server();
            Signed<Hop> agreed = chained.leaves().hops().get(h - 1);
            if (!agreed.payload().equals(shown.payload())) {
                turn.found(Violation.of(
                        turn.context().parties().server(h),
                        Rule.TWO_STATEMENTS,
                        Evidence.of(agreed, shown, complaint)));
                other = true;
            }
        }
        return other;
    }

    private static TraceCase traceCase(Turn turn, SetupPhase.Mixed mixed, TraceCause cause) {
        return new TraceCase(
                mixed.terms().shuffle(),
                turn.context().parties().servers(),
                List.copyOf(mixed.terms().announcements()),
                new TreeMap<>(mixed.agreed().roll().enrolments()),
                mixed.agreed().roll().submitted(),
                ShufflePhases.hops(turn, mixed.lists().size() - 1),
                mixed.lists(),
                cause);
    }

    /** Servers h-1 down to 1 each sign one link for all that was declared. */
    static SetupPhase linking(Turn turn, SetupPhase.Linking phase) {
        if (!(phase.trace().cause() instanceof TraceCause.Declared declared)) {
            throw new IllegalStateException("links are asked for a run that was not declared");
        }
        int g = declared.hop() - 1 - declared.links().size();
        if (g == 0) {
            return stop(turn, phase.mixed(), phase.trace());
        }
        List<Integer> outputs = Declarations.asked(declared);
        if (g == turn.context().self() && turn.book().server(Book.Kind.LINK, g) == null) {
            List<Integer> origins = phase.mixed().origins().orElseThrow();
            List<Integer> inputs = outputs.stream().map(origins::get).toList();
            turn.say(Book.Kind.LINK, new Link(phase.mixed().terms().run(), g, outputs, inputs));
        }
        Optional<Signed<Link>> link = turn.book().statement(Book.Kind.LINK, g, Link.class);
        boolean noAnswer = link.isPresent() && !Declarations.answers(link.get().message(), outputs);
        if (link.isEmpty() || noAnswer) {
            return turn.expired() || noAnswer
                    ? fail(turn, phase, "a link did not come", new TreeSet<>(List.of(g)))
                    : phase;
        }
        if (!Declarations.isSound(
                link.get().message(), phase.mixed().lists().get(g - 1).size())) {
            return badLink(turn, phase, link.get());
        }
        turn.patience(EnrolPhases.EXCHANGE);
        return new SetupPhase.Linking(phase.mixed(), phase.trace().with(declared.with(link.get())));
    }

    private static SetupPhase badLink(Turn turn, SetupPhase.Linking phase, Signed<Link> link) {
        List<Signed<?>> statements = new ArrayList<>(List.of(link));
        int g = link.message().server();
        statements.addAll(phase.trace().hops().subList(0, g));
        turn.found(Violation.of(
                turn.context().parties().server(g),
                Rule.BAD_LINK,
                new Evidence(
                        statements, List.of(phase.mixed().lists().get(g - 1).body()))));
        return fail(turn, phase, "a server signed a link that no server may sign");
    }

    /** Signs that the run is over and what is asked; from here on this server never reveals its inner seed. */
    private static SetupPhase stop(Turn turn, SetupPhase.Mixed mixed, TraceCase traced) {
        SortedSet<ItemRef> asked = Trace.asked(traced);
        turn.say(
                Book.Kind.REVEAL,
                new Stopped(
                        mixed.terms().run(),
                        turn.context().self(),
                        traced.cause().hash(),
                        List.copyOf(asked)));
        turn.patience(EnrolPhases.EXCHANGE);
        return new SetupPhase.Tracing(mixed, traced, asked, SetupPhase.Tracing.Stage.STOPPING);
    }

    static SetupPhase tracing(Turn turn, SetupPhase.Tracing phase) {
        return switch (phase.stage()) {
            case STOPPING -> stopping(turn, phase);
            case OPENING -> opening(turn, phase);
            case EXCHANGING -> exchanging(turn, phase);
        };
    }

    /** Nobody is asked before all M have ended the run: else one server might go on and reveal. */
    private static SetupPhase stopping(Turn turn, SetupPhase.Tracing phase) {
        List<ItemRef> asked = List.copyOf(phase.asked());
        SortedSet<Integer> refusing = new TreeSet<>();
        for (int j = 1; j <= turn.context().servers(); j++) {
            Optional<Signed<Stopped>> stopped = turn.book().statement(Book.Kind.REVEAL, j, Stopped.class);
            if (stopped.isEmpty()) {
                if (turn.expired() || turn.book().server(Book.Kind.REVEAL, j) != null) {
                    refusing.add(j);
                }
            } else if (!stopped.get()
                            .message()
                            .cause()
                            .equals(phase.trace().cause().hash())
                    || !stopped.get().message().asked().equals(asked)) {
                return fail(turn, phase, "the servers do not agree on why the run ended");
            }
        }
        if (!refusing.isEmpty()) {
            return fail(turn, phase, "a server did not end the run", refusing);
        }
        Optional<List<Signed<Stopped>>> all =
                turn.book().all(Book.Kind.REVEAL, turn.context().servers(), Stopped.class);
        if (all.isEmpty()) {
            return phase;
        }
        turn.patience(1);
        SetupPhase.Tracing next =
                new SetupPhase.Tracing(phase.mixed(), phase.trace(), phase.asked(), SetupPhase.Tracing.Stage.OPENING);
        ask(turn, next, phase.mixed().agreed().roll().members());
        return next;
    }

    /** Sends all M {@code Stopped} to those of these members whose items are asked and not opened. */
    static void ask(Turn turn, SetupPhase.Tracing phase, SortedSet<MemberId> members) {
        SortedSet<MemberId> open = new TreeSet<>();
        unanswered(turn, phase).forEach(ref -> open.add(ref.member()));
        open.retainAll(members);
        for (Signed<Stopped> stopped : turn.book()
                .all(Book.Kind.REVEAL, turn.context().servers(), Stopped.class)
                .orElse(List.of())) {
            turn.tell(open, stopped);
        }
    }

    private static SortedSet<ItemRef> unanswered(Turn turn, SetupPhase.Tracing phase) {
        SortedSet<ItemRef> open = new TreeSet<>(phase.asked());
        open.removeIf(ref ->
                turn.book().openings().containsKey(ref) || turn.book().lost().containsKey(ref.member()));
        return open;
    }

    private static SetupPhase opening(Turn turn, SetupPhase.Tracing phase) {
        if (!turn.expired() && !unanswered(turn, phase).isEmpty()) {
            return phase;
        }
        List<Signed<Opening>> openings = new ArrayList<>();
        List<Signed<LostSeed>> lost = new ArrayList<>();
        turn.book().openings().forEach((ref, opening) -> {
            if (phase.asked().contains(ref)) {
                openings.add(opening);
            }
        });
        turn.book().lost().forEach((member, statement) -> {
            if (phase.asked().stream().anyMatch(ref -> ref.member().equals(member))) {
                lost.add(statement);
            }
        });
        turn.say(
                Book.Kind.OPENING_SET,
                new OpeningSet(phase.mixed().terms().run(), turn.context().self(), openings, lost));
        turn.patience(EnrolPhases.EXCHANGE);
        return new SetupPhase.Tracing(phase.mixed(), phase.trace(), phase.asked(), SetupPhase.Tracing.Stage.EXCHANGING);
    }

    private static SetupPhase exchanging(Turn turn, SetupPhase.Tracing phase) {
        Optional<List<Signed<OpeningSet>>> sets =
                turn.book().all(Book.Kind.OPENING_SET, turn.context().servers(), OpeningSet.class);
        if (sets.isPresent()) {
            return judge(turn, phase, sets.get());
        }
        return turn.expired()
                ? fail(turn, phase, "a set of openings did not come", turn.missing(Book.Kind.OPENING_SET))
                : phase;
    }

    private static SetupPhase judge(Turn turn, SetupPhase.Tracing phase, List<Signed<OpeningSet>> sets) {
        OpeningUnion union = OpeningUnion.of(turn.context(), turn.book(), phase.trace(), phase.asked(), sets);
        TraceOutcome outcome = Trace.judge(phase.trace(), union.openings());
        outcome.violations().forEach(turn::found);
        SortedSet<MemberId> setAside = new TreeSet<>();
        outcome.unopened().forEach(ref -> setAside.add(ref.member()));
        List<OpenCase> open = new ArrayList<>(phase.mixed().agreed().open());
        open.add(new OpenCase.Traced(phase.trace(), union.openings()));
        SortedSet<MemberId> lost = new TreeSet<>(union.lost());
        lost.retainAll(setAside);
        setAside.removeAll(lost);
        return Failing.fail(
                turn, phase, new Failing.Ending("a trace has ended the run", setAside, lost, new TreeSet<>(), open));
    }

    private static SetupPhase fail(Turn turn, SetupPhase from, String reason) {
        return fail(turn, from, reason, new TreeSet<>());
    }

    private static SetupPhase fail(Turn turn, SetupPhase from, String reason, SortedSet<Integer> refusing) {
        return Failing.fail(turn, from, reason, refusing);
    }
}
