package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.Trace;
import org.plainsong.core.shuffle.TraceCase;

/**
 * Something that members were asked to open. What they open is evidence complete in itself and judged when it comes, also after the end: nobody escapes it by
 * giving the setup up, and a late answer overrides what rested on silence (protocol §4.2).
 */
sealed interface OpenCase {
    /**
     * Encapsulations whose tags servers called wrong.
     *
     * @param asked member, and the complaining server's number as index
     */
    record Tags(TagJudge judge, SortedSet<ItemRef> asked) implements OpenCase {}

    /**
     * Items of a traced run.
     *
     * @param inTime what the M sets held
     */
    record Traced(TraceCase traced, SortedMap<ItemRef, Signed<Opening>> inTime) implements OpenCase {
        /** Whether this item was asked for and not opened in time. */
        boolean isAwaited(ItemRef ref) {
            return Trace.asked(traced).contains(ref) && !inTime.containsKey(ref);
        }

        /** All openings by now: those in time, and of the others what is held. */
        SortedMap<ItemRef, Signed<Opening>> byNow(Book book) {
            SortedMap<ItemRef, Signed<Opening>> all = new TreeMap<>(inTime);
            book.openings().forEach((ref, opening) -> {
                if (OpeningUnion.counts(traced, opening.message())) {
                    all.putIfAbsent(ref, opening);
                }
            });
            return all;
        }
    }

    /** What is open in a phase, or was when it ended. */
    static List<OpenCase> of(SetupPhase phase) {
        return switch (phase) {
            case SetupPhase.Announcing p -> List.of();
            case SetupPhase.Enrolling p -> List.of();
            case SetupPhase.Gathering p -> List.of();
            case SetupPhase.CheckingEnrolments p -> List.of();
            case SetupPhase.OpeningTags p -> List.of(p.open());
            case SetupPhase.Shuffling p -> p.mixed().agreed().open();
            case SetupPhase.Comparing p -> p.mixed().agreed().open();
            case SetupPhase.Confirming p -> p.chained().mixed().agreed().open();
            case SetupPhase.Opening p -> p.chained().mixed().agreed().open();
            case SetupPhase.SigningOpening p -> p.chained().mixed().agreed().open();
            case SetupPhase.Linking p -> p.mixed().agreed().open();
            case SetupPhase.Tracing p -> {
                List<OpenCase> all = new ArrayList<>(p.mixed().agreed().open());
                all.add(new Traced(p.trace(), new TreeMap<>()));
                yield all;
            }
            case SetupPhase.Opened p -> p.open();
            case SetupPhase.Voided p -> p.open();
            case SetupPhase.Convicted p -> p.open();
        };
    }
}
