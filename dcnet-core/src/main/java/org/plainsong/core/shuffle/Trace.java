package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** The trace: a pure function over signed lists and openings (protocol §4.3 trace). */
public final class Trace {
    private final TraceCase traced;
    private final Map<ItemRef, Signed<Opening>> openings;
    private final List<Violation> violations = new ArrayList<>();
    private final SortedSet<ItemRef> unopened = new TreeSet<>();

    private Trace(TraceCase traced, Map<ItemRef, Signed<Opening>> openings) {
        this.traced = traced;
        this.openings = openings;
    }

    /** The items that members are asked to open, ascending; for a declaration only once all links are there. */
    public static SortedSet<ItemRef> asked(TraceCase traced) {
        return switch (traced.cause()) {
            case TraceCause.Missing missing ->
                Collections.unmodifiableSortedSet(
                        new TreeSet<>(missing.complaints().keySet()));
            case TraceCause.Declared declared -> {
                SortedSet<ItemRef> asked = new TreeSet<>();
                for (int position :
                        Declarations.positions(declared.declaration().message())) {
                    Declarations.path(declared, position).ifPresent(path -> asked.add(owner(traced, path)));
                }
                yield asked;
            }
        };
    }

    /**
     * Judges.
     *
     * @param traced the case, a declaration's with all links
     * @param openings by item, signatures good, made for this run and cause; others than the asked ones are of no account
     */
    public static TraceOutcome judge(TraceCase traced, Map<ItemRef, Signed<Opening>> openings) {
        Trace trace = new Trace(traced, openings);
        switch (traced.cause()) {
            case TraceCause.Missing missing -> missing.complaints().forEach(trace::judgeComplaint);
            case TraceCause.Declared declared -> trace.judgeDeclaration(declared);
        }
        return new TraceOutcome(trace.violations, trace.unopened);
    }

    /**
     * Judges what rests on this item, with the openings that are there by now: each hit counts, whatever else may come.
     *
     * @param openings as for {@link #judge}, with that of the item
     */
    public static TraceOutcome judgeOne(TraceCase traced, Map<ItemRef, Signed<Opening>> openings, ItemRef ref) {
        Trace trace = new Trace(traced, openings);
        switch (traced.cause()) {
            case TraceCause.Missing missing -> {
                Signed<Confirmation> complaint = missing.complaints().get(ref);
                if (complaint != null) {
                    trace.judgeComplaint(ref, complaint);
                }
            }
            case TraceCause.Declared declared -> {
                Declaration declaration = declared.declaration().message();
                declaration.malformed().stream()
                        .filter(position -> trace.endsAt(declared, position, ref))
                        .forEach(position -> trace.judgeMalformed(declared, position));
                declaration.equalSets().stream()
                        .filter(set -> set.stream().anyMatch(position -> trace.endsAt(declared, position, ref)))
                        .forEach(set -> trace.judgeEqualSet(declared, set));
            }
        }
        return new TraceOutcome(trace.violations, trace.unopened);
    }

    private boolean endsAt(TraceCause.Declared declared, int position, ItemRef ref) {
        return Declarations.path(declared, position)
                .map(path -> owner(traced, path).equals(ref))
                .orElse(false);
    }

    /** Of several openings of one item the one that gives what stood in L_0; if none does, the last. */
    public static Signed<Opening> choose(TraceCase traced, ItemRef ref, List<Signed<Opening>> openings) {
        Trace trace = new Trace(traced, Map.of());
        for (Signed<Opening> opening : openings.subList(0, openings.size() - 1)) {
            if (trace.rebuild(ref, opening).get(0).equals(traced.submission(ref).item())) {
                return opening;
            }
        }
        return openings.get(openings.size() - 1);
    }

    /** Complaint: the member, else the first server whose list lacks the item, else the member. */
    private void judgeComplaint(ItemRef ref, Signed<Confirmation> complaint) {
        Signed<Opening> opening = openings.get(ref);
        if (opening == null) {
            unopened.add(ref);
            return;
        }
        List<ByteString> rebuilt = rebuild(ref, opening);
        if (!rebuilt.get(0).equals(traced.submission(ref).item())) {
            convict(ref.member(), Rule.WRONG_OPENING, List.of(opening));
            return;
        }
        for (int h = 1; h < traced.lists().size(); h++) {
            // Lists of the agreed chain are sorted: an unsorted one has convicted its signer before.
            if (Collections.binarySearch(traced.lists().get(h).items(), rebuilt.get(h)) < 0) {
                convictServer(h, Rule.ITEM_DROPPED, ref, List.of(traced.hops().get(h - 1), opening, complaint));
                return;
            }
        }
        violations.add(Violation.of(
                ref.member(), Rule.FALSE_COMPLAINT, traced.evidence(ref.member(), List.of(complaint, opening))));
    }

    private void judgeDeclaration(TraceCause.Declared declared) {
        Declaration declaration = declared.declaration().message();
        for (int position : declaration.malformed()) {
            judgeMalformed(declared, position);
        }
        for (List<Integer> set : declaration.equalSets()) {
            judgeEqualSet(declared, set);
        }
    }

    private void judgeMalformed(TraceCause.Declared declared, int position) {
        judgePath(declared, position).ifPresent(open -> {
            // The claimed path is the true one, so the item opens, to what the member shows.
            convictServer(
                    declared.hop(),
                    Rule.FALSE_DECLARATION,
                    open.ref(),
                    List.of(declared.declaration(), open.opening()));
        });
    }

    private void judgeEqualSet(TraceCause.Declared declared, List<Integer> set) {
        List<Opened> remaining = new ArrayList<>();
        set.forEach(position -> judgePath(declared, position).ifPresent(remaining::add));
        SortedMap<ByteString, List<Opened>> values = new TreeMap<>();
        for (Opened open : remaining) {
            values.computeIfAbsent(open.rebuilt().get(declared.hop()), v -> new ArrayList<>())
                    .add(open);
        }
        if (values.size() > 1) {
            List<Signed<?>> first = new ArrayList<>();
            first.add(declared.declaration());
            remaining.forEach(open -> first.add(open.opening()));
            List<Signed<?>> submissions = submissionsOf(remaining);
            submissions.forEach(first::add);
            convictServer(declared.hop(), Rule.FALSE_EQUAL_SET, remaining.get(0).ref(), first);
        }
        values.values().stream().filter(equal -> equal.size() > 1).forEach(this::convictColliding);
    }

    /** Two or more items open to one value and all paths are true: honest members cannot collide. */
    private void convictColliding(List<Opened> equal) {
        List<Signed<?>> all = new ArrayList<>();
        equal.forEach(open -> all.add(open.opening()));
        all.addAll(submissionsOf(equal));
        SortedSet<MemberId> members = new TreeSet<>();
        equal.forEach(open -> members.add(open.ref().member()));
        for (MemberId member : members) {
            convict(member, Rule.COLLIDING_ITEMS, all);
        }
    }

    /**
     * Follows one declared item from its owner up: a wrong opening convicts the member, the first false link its server. What comes through is an opened item
     * whose claimed path is the rebuilt one.
     */
    private Optional<Opened> judgePath(TraceCause.Declared declared, int position) {
        List<Integer> path = Declarations.path(declared, position)
                .orElseThrow(() -> new IllegalStateException("a trace is judged without all links"));
        ItemRef ref = owner(traced, path);
        Signed<Opening> opening = openings.get(ref);
        if (opening == null) {
            unopened.add(ref);
            return Optional.empty();
        }
        List<ByteString> rebuilt = rebuild(ref, opening);
        if (!rebuilt.get(0).equals(traced.item(0, path.get(path.size() - 1)))) {
            convict(ref.member(), Rule.WRONG_OPENING, List.of(opening));
            return Optional.empty();
        }
        for (int g = 1; g < declared.hop(); g++) {
            ByteString claimed = traced.item(g, path.get(path.size() - 1 - g));
            if (!rebuilt.get(g).equals(claimed)) {
                convictServer(g, Rule.FALSE_LINK, ref, List.of(declared.links().get(g), opening));
                return Optional.empty();
            }
        }
        if (opening.message().core().size()
                != traced.run().layerSize(traced.run().hops())) {
            convict(ref.member(), Rule.WRONG_OPENING, List.of(opening));
            return Optional.empty();
        }
        return Optional.of(new Opened(ref, opening, rebuilt));
    }

    private List<ByteString> rebuild(ItemRef ref, Signed<Opening> opening) {
        return Onion.layers(
                traced.run(),
                ref,
                opening.message().outerSeed().unsafeArray(),
                opening.message().core());
    }

    private List<Signed<?>> submissionsOf(List<Opened> opened) {
        SortedMap<MemberId, Signed<?>> found = new TreeMap<>();
        for (Opened open : opened) {
            Signed<?> submission = traced.submissions().get(open.ref().member());
            if (submission != null) {
                found.put(open.ref().member(), submission);
            }
        }
        return List.copyOf(found.values());
    }

    private void convict(MemberId member, Rule rule, List<Signed<?>> first) {
        violations.add(Violation.of(member, rule, traced.evidenceAgainst(member, first)));
    }

    private void convictServer(int server, Rule rule, ItemRef tracedTo, List<Signed<?>> first) {
        Evidence evidence = traced.evidence(tracedTo.member(), first);
        violations.add(Violation.of(traced.servers().get(server - 1), rule, evidence));
    }

    private static ItemRef owner(TraceCase traced, List<Integer> path) {
        return traced.submitted().get(path.get(path.size() - 1)).owner();
    }

    /** An item whose path has been proved. */
    private record Opened(ItemRef ref, Signed<Opening> opening, List<ByteString> rebuilt) {}
}
