package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpeningSet;

/** The opening record: signed by each server, complete with all M signatures (protocol §4.1 step 6, §4.2). */
final class RecordPhase {
    private RecordPhase() {}

    /** Signs the record that follows from the opened cores. */
    static SetupPhase sign(Turn turn, SetupPhase.Opening phase, List<Optional<ByteString>> payloads) {
        SetupContext context = turn.context();
        SetupPhase.Chained chained = phase.chained();
        OpeningDraft draft = new OpeningDraft(
                context.proposal().message(),
                chained.terms(),
                chained.roll(),
                chained.mixed().lists(),
                phase.setsHash(),
                phase.confirmed(),
                all(turn, Book.Kind.REVEAL, InnerSeed.class),
                context.lastTimeMillis());
        turn.patience(EnrolPhases.EXCHANGE);
        Signed<OpeningRecord> own = turn.say(
                        Book.Kind.OUTCOME, Packet.of(context.signer().sign(draft.record(payloads))), true)
                .statement();
        return new SetupPhase.SigningOpening(chained, own);
    }

    /** Waits for all M signatures; a signature that stays out is waited for, unless its server has signed <em>failed</em>. */
    static SetupPhase signing(Turn turn, SetupPhase.SigningOpening phase) {
        List<Signature> signatures = new ArrayList<>();
        SortedSet<Integer> refusing = new TreeSet<>();
        boolean gaveUp = false;
        for (int j = 1; j <= turn.context().servers(); j++) {
            Optional<Signed<OpeningRecord>> theirs = turn.book().statement(Book.Kind.OUTCOME, j, OpeningRecord.class);
            if (theirs.isPresent() && theirs.get().payload().equals(phase.own().payload())) {
                signatures.addAll(theirs.get().signatures());
            } else {
                refusing.add(j);
                gaveUp |= turn.book()
                        .statement(Book.Kind.OUTCOME, j, Failed.class)
                        .isPresent();
            }
        }
        if (refusing.isEmpty()) {
            return open(turn, phase, signatures);
        }
        if (gaveUp) {
            return Failing.giveUpSigned(turn, phase, "a server gave up before it signed the opening record", refusing);
        }
        if (turn.expired()) {
            turn.passOn();
            turn.patience(EnrolPhases.EXCHANGE);
            turn.add(new SetupEffect.Waiting("opening record", refusing));
        }
        return phase;
    }

    private static SetupPhase open(Turn turn, SetupPhase.SigningOpening phase, List<Signature> signatures) {
        List<Signature> sorted = signatures.stream()
                .sorted(Comparator.comparing(Signature::signer))
                .toList();
        Signed<OpeningRecord> complete =
                new Signed<>(phase.own().message(), phase.own().payload(), sorted);
        // Whoever holds a complete record passes it on: one server may have got a signature that another did not.
        Frame frame = new Frame.Statement(Packet.of(complete));
        turn.hold(turn.held().withSaid(frame));
        turn.add(new SetupEffect.Send(new Audience.Servers(), frame, false));
        SetupPhase.Agreed agreed = phase.chained().mixed().agreed();
        agreed.secrets().wipeAll();
        turn.add(new SetupEffect.Opened(
                complete,
                bundle(turn, phase.chained().mixed()),
                agreed.pads(),
                phase.chained().leaves(),
                phase.chained().hash()));
        return new SetupPhase.Opened(phase.chained().terms(), agreed.open());
    }

    private static SetupBundle bundle(Turn turn, SetupPhase.Mixed mixed) {
        int m = turn.context().servers();
        List<Packet<Hop>> hops = new ArrayList<>(m);
        for (int h = 1; h <= m; h++) {
            hops.add(turn.book().packet(Book.Kind.HOP, h, Hop.class).orElseThrow());
        }
        List<Signed<EnrolmentSet>> sets = all(turn, Book.Kind.ENROLMENT_SET, EnrolmentSet.class);
        return new SetupBundle(
                turn.context().proposal(),
                mixed.terms().announcements(),
                named(turn, sets),
                sets,
                all(turn, Book.Kind.ENROLMENT_CHECK, EnrolmentCheck.class),
                turn.book()
                        .all(Book.Kind.TAG_OPENING_SET, m, TagOpeningSet.class)
                        .orElse(List.of()),
                hops,
                all(turn, Book.Kind.CHAIN_CHECK, ChainCheck.class),
                all(turn, Book.Kind.CONFIRMATION_SET, ConfirmationSet.class),
                all(turn, Book.Kind.REVEAL, InnerSeed.class));
    }

    private static List<Signed<Enrolment>> named(Turn turn, List<Signed<EnrolmentSet>> sets) {
        SortedSet<EnrolmentRef> refs =
                new TreeSet<>(Comparator.comparing(EnrolmentRef::member).thenComparing(EnrolmentRef::hash));
        SortedSet<MemberId> eligible = EnrolPhases.eligible(turn);
        for (Signed<EnrolmentSet> set : sets) {
            set.message().entries().stream()
                    .filter(ref -> eligible.contains(ref.member()))
                    .forEach(ref -> refs.add(ref));
        }
        List<Signed<Enrolment>> enrolments = new ArrayList<>(refs.size());
        for (EnrolmentRef ref : refs) {
            Signed<Enrolment> enrolment = turn.book().enrolmentsByHash().get(ref.hash());
            if (enrolment != null) {
                enrolments.add(enrolment);
            }
        }
        return enrolments;
    }

    private static <M extends Message> List<Signed<M>> all(Turn turn, Book.Kind kind, Class<M> type) {
        return turn.book().all(kind, turn.context().servers(), type).orElseThrow();
    }
}
