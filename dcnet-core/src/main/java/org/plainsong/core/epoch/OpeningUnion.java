package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.Trace;
import org.plainsong.core.shuffle.TraceCase;

/**
 * What the M sets of openings come to.
 *
 * @param openings one for each item that was asked and opened
 * @param lost members that declared a lost seed
 */
record OpeningUnion(SortedMap<ItemRef, Signed<Opening>> openings, SortedSet<MemberId> lost) {

    /** The union; what was not asked for, names another cause or is badly signed is left out. */
    static OpeningUnion of(
            SetupContext context,
            Book book,
            TraceCase traced,
            SortedSet<ItemRef> asked,
            List<Signed<OpeningSet>> sets) {
        SortedMap<ItemRef, List<Signed<Opening>>> all = new TreeMap<>();
        SortedSet<MemberId> lost = new TreeSet<>();
        for (Signed<OpeningSet> set : sets) {
            for (Signed<Opening> opening : set.message().openings()) {
                ItemRef ref = new ItemRef(
                        opening.message().member(), opening.message().index());
                if (asked.contains(ref)
                        && counts(traced, opening.message())
                        && isSigned(context, book.openings().get(ref), opening, ref.member())) {
                    all.computeIfAbsent(ref, r -> new ArrayList<>()).add(opening);
                }
            }
            for (Signed<LostSeed> statement : set.message().lost()) {
                MemberId member = statement.message().member();
                if (statement.message().run().equals(traced.run().id())
                        && isSigned(context, book.lost().get(member), statement, member)) {
                    lost.add(member);
                }
            }
        }
        SortedMap<ItemRef, Signed<Opening>> chosen = new TreeMap<>();
        all.forEach((ref, openings) -> chosen.put(ref, Trace.choose(traced, ref, openings)));
        return new OpeningUnion(chosen, lost);
    }

    /** Whether an opening was made for this run and cause. */
    static boolean counts(TraceCase traced, Opening opening) {
        return opening.run().equals(traced.run().id())
                && opening.sets().equals(traced.cause().hash());
    }

    private static boolean isSigned(
            SetupContext context,
            @Nullable Signed<? extends Message> held,
            Signed<? extends Message> statement,
            MemberId member) {
        return statement.equals(held)
                || (statement.signatures().size() == 1
                        && context.parties().isMember(member, statement.signer())
                        && context.signatures().allGood(statement));
    }
}
