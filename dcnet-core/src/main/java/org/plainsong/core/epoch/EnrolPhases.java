package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** Steps 2 to 4 of protocol §4.1: announce, enrol, agree. Each method goes on from its phase if what it waits for is there, else gives the phase back. */
final class EnrolPhases {
    /** Patience with other servers, in setup deadlines: they may have entered the phase one deadline later. */
    static final int EXCHANGE = 2;

    private EnrolPhases() {}

    /** Step 2: with all M announcements, members are offered the epoch. */
    static SetupPhase announcing(Turn turn, SetupPhase.Announcing phase) {
        SetupContext context = turn.context();
        Optional<List<Signed<Announcement>>> all =
                turn.book().all(Book.Kind.ANNOUNCEMENT, context.servers(), Announcement.class);
        if (all.isEmpty()) {
            return turn.expired()
                    ? Failing.fail(turn, phase, "an announcement did not come", turn.missing(Book.Kind.ANNOUNCEMENT))
                    : phase;
        }
        Optional<Terms> terms =
                Terms.of(context.epoch(), all.get(), context.policy().namesPerEpoch());
        if (terms.isEmpty()) {
            SortedSet<Integer> bad = new TreeSet<>();
            all.get().stream()
                    .map(Signed::message)
                    .filter(a -> !Terms.hasGoodKeys(a))
                    .forEach(a -> bad.add(a.server()));
            return Failing.fail(turn, phase, "an announced key is none", bad);
        }
        turn.patience(1);
        turn.hold(turn.book().withWellFormed(terms.get()));
        SetupPhase.Enrolling next = new SetupPhase.Enrolling(phase.secrets(), terms.get());
        turn.send(eligible(turn), offer(turn, next.terms()));
        return next;
    }

    static Frame offer(Turn turn, Terms terms) {
        return new Frame.SetupOffer(turn.context().proposal(), terms.announcements());
    }

    /** Step 3: ends at the deadline, or when all that are connected here have enrolled. */
    static SetupPhase enrolling(Turn turn, SetupPhase.Enrolling phase) {
        SetupContext context = turn.context();
        boolean all = turn.allConnectedIn(
                turn.book().enrolments().keySet(),
                eligible(turn),
                context.policy().minParticipants());
        if (!all && !turn.expired()) {
            return phase;
        }
        turn.patience(EXCHANGE);
        turn.say(Book.Kind.ENROLMENT_SET, new EnrolmentSet(context.epoch(), context.self(), heldRefs(turn.book())));
        return new SetupPhase.Gathering(phase.secrets(), phase.terms(), new TreeSet<>());
    }

    private static List<EnrolmentRef> heldRefs(Book book) {
        SortedMap<MemberId, List<EnrolmentRef>> refs = new TreeMap<>();
        book.enrolmentsByHash().forEach((hash, enrolment) -> {
            MemberId member = enrolment.message().member();
            if (book.enrolments().getOrDefault(member, List.of()).contains(enrolment)) {
                refs.computeIfAbsent(member, m -> new ArrayList<>()).add(new EnrolmentRef(member, hash));
            }
        });
        return refs.values().stream().flatMap(List::stream).toList();
    }

    /** Step 4: sets are exchanged; what others hold and this server does not is fetched from those who name it. */
    static SetupPhase gathering(Turn turn, SetupPhase.Gathering phase) {
        SetupContext context = turn.context();
        SortedSet<String> requested = new TreeSet<>(phase.requested());
        SortedSet<Integer> owing = turn.missing(Book.Kind.ENROLMENT_SET);
        for (int j = 1; j <= context.servers(); j++) {
            if (j != context.self() && fetchMissing(turn, j, requested)) {
                owing.add(j);
            }
        }
        if (!owing.isEmpty()) {
            if (turn.expired()) {
                return Failing.fail(
                        turn, phase, "an enrolment set, or an enrolment that it names, did not come", owing);
            }
            return requested.size() == phase.requested().size()
                    ? phase
                    : new SetupPhase.Gathering(phase.secrets(), phase.terms(), requested);
        }
        return check(turn, phase);
    }

    /** Asks server j for each enrolment that its set names and this server lacks; whether there is any. */
    private static boolean fetchMissing(Turn turn, int j, SortedSet<String> requested) {
        Optional<Signed<EnrolmentSet>> set = turn.book().statement(Book.Kind.ENROLMENT_SET, j, EnrolmentSet.class);
        boolean missing = false;
        for (EnrolmentRef ref : set.map(s -> s.message().entries()).orElse(List.of())) {
            boolean wanted = turn.context().parties().members().containsKey(ref.member())
                    && !turn.book().enrolmentsByHash().containsKey(ref.hash());
            if (wanted && requested.add(ref.hash().hex() + "/" + j)) {
                turn.send(j, new Frame.Fetch.EnrolmentOf(ref.hash()));
            }
            missing |= wanted;
        }
        return missing;
    }

    private static SetupPhase check(Turn turn, SetupPhase.Gathering phase) {
        SetupContext context = turn.context();
        List<Signed<EnrolmentSet>> sets = turn.book()
                .all(Book.Kind.ENROLMENT_SET, context.servers(), EnrolmentSet.class)
                .orElseThrow();
        SortedMap<MemberId, SortedSet<ByteString>> union = Roll.union(eligible(turn), sets);
        SortedMap<ByteString, Signed<Enrolment>> known = turn.book().enrolmentsByHash();
        union.forEach((member, named) -> {
            List<ByteString> own = Roll.own(member, named, known);
            if (own.size() > 1) {
                turn.found(Violation.of(
                        member,
                        Rule.TWO_ENROLMENTS,
                        new Evidence(
                                own.stream()
                                        .limit(2)
                                        .<Signed<?>>map(hash -> known.get(hash))
                                        .toList(),
                                List.of())));
            }
        });
        Roll roll = Roll.of(phase.terms(), union, known);
        if (roll.size() < context.policy().minParticipants()) {
            return Failing.fail(turn, phase, tooFew(roll.size(), context, "enrolled"));
        }
        turn.patience(EXCHANGE);
        List<Enrolment> enrolments =
                roll.enrolments().values().stream().map(Signed::message).toList();
        turn.work(new SetupWork.Tags(
                new TagWork(context.epoch(), context.self(), phase.secrets().expandedPad(), enrolments)));
        return new SetupPhase.CheckingEnrolments(phase.secrets(), phase.terms(), roll, null);
    }

    static String tooFew(int count, SetupContext context, String did) {
        return count + " members " + did + ", " + context.policy().minParticipants() + " are needed";
    }

    /** Step 4: with all M checks of one union, either the shuffle begins or members open what was complained of. */
    static SetupPhase checking(Turn turn, SetupPhase.CheckingEnrolments before) {
        SetupContext context = turn.context();
        SetupPhase.CheckingEnrolments phase = before.pads() == null ? takeTags(turn, before) : before;
        Optional<List<Signed<EnrolmentCheck>>> checks =
                turn.book().all(Book.Kind.ENROLMENT_CHECK, context.servers(), EnrolmentCheck.class);
        if (phase.pads() == null || checks.isEmpty()) {
            return turn.expired()
                    ? Failing.fail(
                            turn, phase, "an enrolment check did not come", turn.missing(Book.Kind.ENROLMENT_CHECK))
                    : phase;
        }
        ByteString union = phase.roll().hash();
        if (checks.get().stream().anyMatch(c -> !c.message().union().equals(union))) {
            return Failing.fail(turn, phase, "the servers do not agree on who has enrolled");
        }
        SetupPhase.Agreed agreed =
                new SetupPhase.Agreed(phase.secrets(), phase.terms(), phase.roll(), phase.pads(), List.of());
        SortedSet<ItemRef> asked = complaints(checks.get(), phase.roll());
        if (asked.isEmpty()) {
            return ShufflePhases.begin(turn, agreed);
        }
        turn.patience(1);
        TagJudge judge = new TagJudge(
                phase.terms(), phase.roll(), checks.get(), context.parties().servers());
        SetupPhase.OpeningTags next = new SetupPhase.OpeningTags(agreed, new OpenCase.Tags(judge, asked), false);
        TagPhase.ask(turn, next, eligible(turn));
        return next;
    }

    /** Complaints that count: about members of the roll; the server's number stands as index. */
    static SortedSet<ItemRef> complaints(Collection<Signed<EnrolmentCheck>> checks, Roll roll) {
        SortedSet<ItemRef> asked = new TreeSet<>();
        for (Signed<EnrolmentCheck> check : checks) {
            for (MemberId member : check.message().complaints()) {
                if (roll.enrolments().containsKey(member)) {
                    asked.add(new ItemRef(member, check.message().server()));
                }
            }
        }
        return asked;
    }

    private static SetupPhase.CheckingEnrolments takeTags(Turn turn, SetupPhase.CheckingEnrolments phase) {
        SetupWork.Tags.Checked checked = turn.take(SetupWork.Tags.Checked.class);
        if (checked == null) {
            return phase;
        }
        SortedMap<MemberId, Secret> pads = new TreeMap<>();
        List<MemberId> complaints = new ArrayList<>();
        int i = 0;
        for (MemberId member : phase.roll().members()) {
            Optional<Secret> secret = checked.secrets().get(i++);
            secret.ifPresentOrElse(s -> pads.put(member, s), () -> complaints.add(member));
        }
        phase.secrets().wipePad();
        turn.say(
                Book.Kind.ENROLMENT_CHECK,
                new EnrolmentCheck(
                        turn.context().epoch(),
                        turn.context().self(),
                        phase.roll().hash(),
                        complaints));
        return new SetupPhase.CheckingEnrolments(phase.secrets(), phase.terms(), phase.roll(), pads);
    }

    static SortedSet<MemberId> eligible(Turn turn) {
        return new TreeSet<>(turn.context().parties().members().keySet());
    }
}
