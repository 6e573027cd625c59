package org.plainsong.core.epoch;

import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.Trace;
import org.plainsong.core.shuffle.TraceCase;

/**
 * A trace that has been judged, kept for members that answer late: a later valid opening overrides what rested on silence (protocol §4.2).
 *
 * @param traced the case
 * @param union what had been opened
 */
record Unanswered(TraceCase traced, OpeningUnion union) {

    /** Whether this item was asked for and not opened in time. */
    boolean isAwaited(ItemRef ref) {
        return Trace.asked(traced).contains(ref) && !union.openings().containsKey(ref);
    }

    /** All openings by now: those of the union, and of the others what has come since. */
    SortedMap<ItemRef, Signed<Opening>> answered(Book book) {
        SortedMap<ItemRef, Signed<Opening>> all = new TreeMap<>(union.openings());
        book.openings().forEach((ref, opening) -> {
            if (OpeningUnion.counts(traced, opening.message())) {
                all.putIfAbsent(ref, opening);
            }
        });
        return all;
    }
}
