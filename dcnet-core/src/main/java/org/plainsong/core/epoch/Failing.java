package org.plainsong.core.epoch;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;

/** How a setup ends without an epoch: secrets wiped, <em>failed</em> of round 0 signed (protocol §4.2). */
final class Failing {
    private Failing() {}

    /** Ends it with nobody set aside. */
    static SetupPhase fail(Turn turn, SetupPhase from, String reason, SortedSet<Integer> refusing) {
        return fail(turn, from, new Ending(reason, new TreeSet<>(), new TreeSet<>(), refusing, OpenCase.of(from)));
    }

    /** Ends it with nobody to name but whom violations name. */
    static SetupPhase fail(Turn turn, SetupPhase from, String reason) {
        return fail(turn, from, reason, new TreeSet<>());
    }

    /**
     * How it ends.
     *
     * @param open kept for answers that come late
     */
    record Ending(
            String reason,
            SortedSet<MemberId> setAside,
            SortedSet<MemberId> lost,
            SortedSet<Integer> refusing,
            List<OpenCase> open) {}

    /** Every end passes on what this server holds, so that whoever signed two different statements is found. */
    static SetupPhase fail(Turn turn, SetupPhase from, Ending ending) {
        wipe(from);
        turn.passOn();
        SetupContext context = turn.context();
        Failed failed = new Failed(
                context.attempt(),
                context.prev(),
                context.self(),
                ByteString.EMPTY,
                ByteString.EMPTY,
                ByteString.EMPTY,
                false);
        turn.say(Book.Kind.OUTCOME, Packet.of(context.signer().sign(failed)), true);
        return end(turn, from, ending, true);
    }

    /** Ends it without a <em>failed</em>: the opening record is signed and another server has given up. */
    static SetupPhase giveUpSigned(Turn turn, SetupPhase from, String reason, SortedSet<Integer> refusing) {
        wipe(from);
        return end(
                turn, from, new Ending(reason, new TreeSet<>(), new TreeSet<>(), refusing, OpenCase.of(from)), false);
    }

    private static SetupPhase end(Turn turn, SetupPhase from, Ending ending, boolean failedSigned) {
        Optional<Terms> terms = Optional.ofNullable(SetupMachine.terms(from));
        turn.add(new SetupEffect.Voided(
                ending.reason(), failedSigned, ending.setAside(), ending.lost(), ending.refusing()));
        return turn.serverConvicted()
                ? new SetupPhase.Convicted(terms, ending.open())
                : new SetupPhase.Voided(terms, ending.open());
    }

    private static void wipe(SetupPhase phase) {
        switch (phase) {
            case SetupPhase.Announcing p -> p.secrets().wipeAll();
            case SetupPhase.Enrolling p -> p.secrets().wipeAll();
            case SetupPhase.Gathering p -> p.secrets().wipeAll();
            case SetupPhase.CheckingEnrolments p -> {
                p.secrets().wipeAll();
                if (p.pads() != null) {
                    p.pads().values().forEach(Secret::wipe);
                }
            }
            case SetupPhase.OpeningTags p -> p.agreed().wipe();
            case SetupPhase.Shuffling p -> p.mixed().agreed().wipe();
            case SetupPhase.Comparing p -> p.mixed().agreed().wipe();
            case SetupPhase.Confirming p -> p.chained().mixed().agreed().wipe();
            case SetupPhase.Opening p -> p.chained().mixed().agreed().wipe();
            case SetupPhase.SigningOpening p -> p.chained().mixed().agreed().wipe();
            case SetupPhase.Linking p -> p.mixed().agreed().wipe();
            case SetupPhase.Tracing p -> p.mixed().agreed().wipe();
            case SetupPhase.Opened p -> {}
            case SetupPhase.Voided p -> {}
            case SetupPhase.Convicted p -> {}
        }
    }
}
