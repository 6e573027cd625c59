package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;
import org.plainsong.core.verdict.Violation;

/** Step 4 of protocol §4.1, when a server has called a tag wrong: the member opens that encapsulation, and either of the two is a culprit. */
final class TagPhase {
    private TagPhase() {}

    /** Tells those of these members that are complained of. */
    static void ask(Turn turn, SetupPhase.OpeningTags phase, SortedSet<MemberId> members) {
        for (ItemRef asked : phase.asked()) {
            if (members.contains(asked.member()) && !turn.book().tagOpenings().containsKey(asked)) {
                turn.book()
                        .statement(Book.Kind.ENROLMENT_CHECK, asked.index(), EnrolmentCheck.class)
                        .ifPresent(check -> turn.tell(new TreeSet<>(List.of(asked.member())), check));
            }
        }
    }

    static SetupPhase openingTags(Turn turn, SetupPhase.OpeningTags before) {
        SetupContext context = turn.context();
        SetupPhase.OpeningTags phase = before;
        if (!phase.setSaid()) {
            if (!turn.expired() && !turn.book().tagOpenings().keySet().containsAll(phase.asked())) {
                return phase;
            }
            turn.patience(EnrolPhases.EXCHANGE);
            List<Signed<TagOpening>> held = new ArrayList<>();
            turn.book().tagOpenings().forEach((ref, opening) -> {
                if (before.asked().contains(ref)) {
                    held.add(opening);
                }
            });
            turn.say(Book.Kind.TAG_OPENING_SET, new TagOpeningSet(context.epoch(), context.self(), held));
            phase = new SetupPhase.OpeningTags(phase.agreed(), phase.open(), true);
        }
        Optional<List<Signed<TagOpeningSet>>> sets =
                turn.book().all(Book.Kind.TAG_OPENING_SET, context.servers(), TagOpeningSet.class);
        if (sets.isPresent()) {
            return decide(turn, phase, sets.get());
        }
        return turn.expired()
                ? Failing.fail(
                        turn,
                        phase,
                        "a set of opened encapsulations did not come",
                        turn.missing(Book.Kind.TAG_OPENING_SET))
                : phase;
    }

    private static SetupPhase decide(Turn turn, SetupPhase.OpeningTags phase, List<Signed<TagOpeningSet>> sets) {
        SetupContext context = turn.context();
        Roll roll = phase.agreed().roll();
        List<Violation> violations = phase.open().judge().judge(union(context, turn.book(), phase.asked(), sets));
        violations.forEach(turn::found);
        if (turn.serverConvicted()) {
            return Failing.fail(turn, phase, "a server called a good tag wrong");
        }
        // Every complaint was right: the member is a culprit, or silent and set aside for this epoch.
        SortedSet<MemberId> excluded = new TreeSet<>();
        phase.asked().forEach(asked -> excluded.add(asked.member()));
        SortedMap<MemberId, Secret> pads = new TreeMap<>(phase.agreed().pads());
        for (MemberId member : excluded) {
            Secret pad = pads.remove(member);
            if (pad != null) {
                pad.wipe();
            }
        }
        Roll left = roll.without(excluded);
        SetupPhase.Agreed agreed = new SetupPhase.Agreed(
                phase.agreed().secrets(), phase.agreed().terms(), left, pads, List.of(phase.open()));
        if (left.size() < context.policy().minParticipants()) {
            return Failing.fail(turn, phase, EnrolPhases.tooFew(left.size(), context, "have good tags"));
        }
        return ShufflePhases.begin(turn, agreed);
    }

    /** The openings in the M sets that were asked for and whose signatures are good, first come first by server number. */
    static Map<ItemRef, List<Signed<TagOpening>>> union(
            SetupContext context, Book book, SortedSet<ItemRef> asked, List<Signed<TagOpeningSet>> sets) {
        Map<ItemRef, List<Signed<TagOpening>>> union = new TreeMap<>();
        for (Signed<TagOpeningSet> set : sets) {
            for (Signed<TagOpening> opening : set.message().openings()) {
                ItemRef ref = new ItemRef(
                        opening.message().member(), opening.message().server());
                List<Signed<TagOpening>> known = union.computeIfAbsent(ref, r -> new ArrayList<>());
                boolean fresh = asked.contains(ref)
                        && known.stream().noneMatch(o -> o.payload().equals(opening.payload()));
                if (fresh && isGood(context, book.tagOpenings().get(ref), opening)) {
                    known.add(opening);
                }
            }
        }
        return union;
    }

    private static boolean isGood(SetupContext context, @Nullable Signed<TagOpening> held, Signed<TagOpening> opening) {
        return opening.equals(held)
                || (opening.message().epoch().equals(context.epoch())
                        && opening.signatures().size() == 1
                        && context.parties().isMember(opening.message().member(), opening.signer())
                        && context.signatures().allGood(opening));
    }
}
