package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;

/**
 * Everything signed that a trace rests on, except the openings (protocol §4.3 trace).
 *
 * @param run the run
 * @param servers keys by number
 * @param terms what fixes the run: the M announcements, or the record that started it
 * @param submissions what each member signed of its items
 * @param submitted L_0 with its owners
 * @param hops the chain, from server 1 on: all M, or those before a declaration
 * @param lists L_0 and the list of each of these hops
 * @param cause why
 */
public record TraceCase(
        ShuffleRun run,
        List<PublicKey> servers,
        List<Signed<?>> terms,
        SortedMap<MemberId, Signed<?>> submissions,
        List<SubmittedItem> submitted,
        List<Signed<Hop>> hops,
        List<ShuffleList> lists,
        TraceCause cause) {
    /** Copies the collections. */
    public TraceCase {
        servers = List.copyOf(servers);
        terms = List.copyOf(terms);
        submissions = Collections.unmodifiableSortedMap(new TreeMap<>(submissions));
        submitted = List.copyOf(submitted);
        hops = List.copyOf(hops);
        lists = List.copyOf(lists);
    }

    /** The same for another cause, or one with more links. */
    public TraceCase with(TraceCause next) {
        return new TraceCase(run, servers, terms, submissions, submitted, hops, lists, next);
    }

    /** Item at a position of a list. */
    ByteString item(int list, int position) {
        return lists.get(list).items().get(position);
    }

    /** What stood in L_0 for this item of a member. */
    SubmittedItem submission(ItemRef ref) {
        int found = Collections.binarySearch(
                submitted,
                new SubmittedItem(ref, ByteString.EMPTY),
                (a, b) -> a.owner().compareTo(b.owner()));
        if (found < 0) {
            throw new IllegalStateException(
                    "item " + ref.index() + " of " + ref.member() + " is not in the first list");
        }
        return submitted.get(found);
    }

    /** Evidence that needs no lists: the given statements first, then the member's submission and what fixes the run. */
    Evidence evidenceAgainst(MemberId member, List<Signed<?>> first) {
        return new Evidence(statements(member, first), List.of());
    }

    /**
     * Evidence from a trace that ended at this member: as above, then the chain, the declaration and the links; the lists of the chain as bytes.
     */
    Evidence evidence(MemberId member, List<Signed<?>> first) {
        List<Signed<?>> statements = statements(member, first);
        statements.addAll(hops);
        if (cause instanceof TraceCause.Declared declared) {
            statements.add(declared.declaration());
            statements.addAll(declared.links().values());
        }
        List<ByteString> bodies = new ArrayList<>();
        for (int h = 1; h < lists.size(); h++) {
            bodies.add(lists.get(h).body());
        }
        return new Evidence(statements, bodies);
    }

    private List<Signed<?>> statements(MemberId member, List<Signed<?>> first) {
        List<Signed<?>> statements = new ArrayList<>(first);
        Signed<?> submission = submissions.get(member);
        if (submission == null) {
            throw new IllegalStateException("no submission of " + member + " in this run");
        }
        statements.add(submission);
        statements.addAll(terms);
        return statements;
    }
}
