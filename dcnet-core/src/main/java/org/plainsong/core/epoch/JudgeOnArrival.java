package org.plainsong.core.epoch;

import java.util.List;
import java.util.Map;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.shuffle.Trace;

/** Judges what a member opens as soon as it is here: evidence made of signed statements alone needs no agreement on what else has come (protocol §4.2). */
final class JudgeOnArrival {
    private JudgeOnArrival() {}

    /** Judges a message that has just been put into the book, if it is new there. */
    static void judge(Turn turn, Book before, SetupPhase phase, Message message) {
        if (message instanceof TagOpening opening) {
            ItemRef ref = new ItemRef(opening.member(), opening.server());
            if (!before.tagOpenings().containsKey(ref)) {
                judgeTag(turn, phase, ref);
            }
        } else if (message instanceof Opening opening) {
            ItemRef ref = new ItemRef(opening.member(), opening.index());
            if (!before.openings().containsKey(ref)) {
                judgeItem(turn, phase, ref);
            }
        }
    }

    private static void judgeTag(Turn turn, SetupPhase phase, ItemRef ref) {
        Signed<TagOpening> held = turn.book().tagOpenings().get(ref);
        for (OpenCase open : OpenCase.of(phase)) {
            if (open instanceof OpenCase.Tags tags
                    && held != null
                    && tags.asked().contains(ref)) {
                tags.judge().judge(Map.of(ref, List.of(held))).forEach(turn::found);
            }
        }
    }

    private static void judgeItem(Turn turn, SetupPhase phase, ItemRef ref) {
        for (OpenCase open : OpenCase.of(phase)) {
            if (open instanceof OpenCase.Traced traced && traced.isAwaited(ref)) {
                Map<ItemRef, Signed<Opening>> byNow = traced.byNow(turn.book());
                if (byNow.containsKey(ref)) {
                    Trace.judgeOne(traced.traced(), byNow, ref).violations().forEach(turn::found);
                    answered(turn, phase, traced, ref);
                }
            }
        }
    }

    /** After the end, whoever has opened all that was asked of it is no longer set aside. */
    private static void answered(Turn turn, SetupPhase phase, OpenCase.Traced traced, ItemRef ref) {
        boolean over = phase instanceof SetupPhase.Voided || phase instanceof SetupPhase.Convicted;
        Map<ItemRef, Signed<Opening>> byNow = traced.byNow(turn.book());
        boolean all = Trace.asked(traced.traced()).stream()
                .allMatch(asked -> !asked.member().equals(ref.member()) || byNow.containsKey(asked));
        if (over && all) {
            turn.add(new SetupEffect.Answered(ref.member()));
        }
    }
}
