package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/**
 * The making of an epoch at a member (protocol §4.1, §4.3): enrols once, opens what it must and only when it may, confirms, and checks the opening record.
 *
 * <p>A member enrols at most once in an epoch id, also across restarts: the caller has {@link MemberSetupState#kept()} on disk before the enrolment leaves, and
 * a restarted member goes on with {@link #returned}, never with a second enrolment.
 */
public final class MemberSetup {
    private MemberSetup() {}

    /** What an offer leads to. */
    public sealed interface Begun {
        /** The member enrols. */
        record Enrolled(Step<MemberSetupState, MemberSetupEffect> step) implements Begun {}

        /** The offer is none for this member; why, for people. */
        record Declined(String reason) implements Begun {}
    }

    /**
     * Enrols, if the offer is sound: proposed by the server whose turn it is, announced by all M with good keys, this member among the eligible. The caller has
     * checked the group, the link that the proposal names and that it trusts one of the servers.
     */
    public static Begun enrol(MemberContext context, Frame.SetupOffer offer, Randomness randomness) {
        Optional<String> fault = fault(context, offer);
        if (fault.isPresent()) {
            return new Begun.Declined(fault.get());
        }
        EpochId epoch = new EpochId(Hash.sha256(offer.proposal().payload()));
        Optional<Terms> terms =
                Terms.of(epoch, offer.announcements(), context.policy().namesPerEpoch());
        if (terms.isEmpty()) {
            return new Begun.Declined("a server announced a key that is none");
        }
        EnrolmentDraft draft = EnrolmentDraft.draw(terms.get(), context.self(), randomness);
        MemberSetupState state = MemberSetupState.enrolled(
                draft.kept(), new MemberSetupState.InMemory(terms.get(), draft.pads(), draft.names()));
        List<MemberSetupEffect> effects = new ArrayList<>();
        Signed<Enrolment> signed = context.signer().sign(draft.enrolment());
        return new Begun.Enrolled(new Step<>(say(state, effects, signed), effects));
    }

    /** After a restart: takes no part, but answers for what was sent (protocol §4 exceptions, §4.3). */
    public static MemberSetupState returned(KeptEnrolment kept) {
        return MemberSetupState.returned(kept);
    }

    /** Takes in a frame from any server. Frames of other epochs and of kinds that do not concern a setup change nothing. */
    public static Step<MemberSetupState, MemberSetupEffect> step(
            MemberContext context, MemberSetupState state, Frame frame) {
        List<MemberSetupEffect> effects = new ArrayList<>();
        MemberSetupState next = state;
        if (frame instanceof Frame.Leaves leaves) {
            next = leaves(context, state, leaves, effects);
        } else if (frame instanceof Frame.SetupOffer offer) {
            compareOffer(context, state, offer, effects);
        } else if (frame instanceof Frame.Statement statement) {
            Signed<?> signed = statement.packet().statement();
            next = switch (signed.message()) {
                case EnrolmentCheck check -> openTag(context, state, signed, check, effects);
                case Stopped stopped -> stopped(context, state, as(signed), effects);
                case InnerSeed seed -> revealed(context, state, as(signed), effects);
                case OpeningRecord record -> record(context, state, as(signed), effects);
                default -> state;
            };
        }
        return new Step<>(next, effects);
    }

    private static Optional<String> fault(MemberContext context, Frame.SetupOffer offer) {
        Proposal proposal = offer.proposal().message();
        int m = context.servers().size();
        int proposer = (int) (proposal.epoch() % m) + 1;
        if (!isBy(context, offer.proposal(), proposer)) {
            return Optional.of("the epoch was not proposed by the server whose turn it is");
        }
        if (!proposal.eligible().contains(context.self())) {
            return Optional.of("this member is not among the eligible");
        }
        if (offer.announcements().size() != m) {
            return Optional.of("not every server has announced its keys");
        }
        EpochId epoch = new EpochId(Hash.sha256(offer.proposal().payload()));
        for (int j = 1; j <= m; j++) {
            Signed<Announcement> announcement = offer.announcements().get(j - 1);
            if (!isBy(context, announcement, j)
                    || announcement.message().server() != j
                    || !announcement.message().epoch().equals(epoch)) {
                return Optional.of("the announcement of server " + j + " is not for this epoch or not by it");
            }
        }
        return Optional.empty();
    }

    /** Two announcements of one server for one epoch convict it; the member stays with the enrolment it has sent. */
    private static void compareOffer(
            MemberContext context, MemberSetupState state, Frame.SetupOffer offer, List<MemberSetupEffect> effects) {
        for (Signed<Announcement> own : state.announcements()) {
            for (Signed<Announcement> other : offer.announcements()) {
                if (other.message().server() == own.message().server()
                        && other.message().epoch().equals(state.epoch())) {
                    compare(context, own.message().server(), own, other, effects);
                }
            }
        }
    }

    /** Only for a complaint signed by that server in this epoch, and only the randomness for that server, never the seed (protocol §4.1 step 4). */
    private static MemberSetupState openTag(
            MemberContext context,
            MemberSetupState state,
            Signed<?> signed,
            EnrolmentCheck check,
            List<MemberSetupEffect> effects) {
        int j = check.server();
        boolean concerns = check.epoch().equals(state.epoch())
                && check.complaints().contains(context.self())
                && !state.progress().tagsOpened().contains(j);
        if (!concerns || !isBy(context, signed, j)) {
            return state;
        }
        byte[] randomness =
                PadKeys.randomness(state.epoch(), state.kept().enrolmentSeed().expose(), j);
        Signed<TagOpening> opening =
                context.signer().sign(new TagOpening(state.epoch(), context.self(), j, ByteString.wrap(randomness)));
        return say(state.with(state.progress().withTagOpened(j)), effects, opening);
    }

    /** Looks for its items in the last list and answers once: all there, or the first that is missing, with the chain that it saw. */
    private static MemberSetupState leaves(
            MemberContext context, MemberSetupState state, Frame.Leaves leaves, List<MemberSetupEffect> effects) {
        if (state.live().isEmpty() || !leaves.run().equals(state.kept().run())) {
            return state;
        }
        if (state.progress().confirmation().isPresent()) {
            compareHops(context, state, leaves.hops(), effects);
            return state;
        }
        if (!isChain(context, state, leaves)) {
            return state;
        }
        int missing = LeafSearch.firstMissing(state.kept().items(), leaves.leafHashes());
        boolean ok = missing < 0;
        Confirmation answer = new Confirmation(
                leaves.run(),
                context.self(),
                Terms.chain(leaves.hops()),
                ok,
                ok ? 0 : missing,
                ok ? 0 : leaves.hops().size(),
                ok ? List.of() : leaves.hops());
        Signed<Confirmation> signed = context.signer().sign(answer);
        return say(state.with(state.progress().withAnswer(leaves.hops(), signed)), effects, signed);
    }

    /** After the answer: whoever has signed another hop of this run than the one seen is convicted. */
    private static void compareHops(
            MemberContext context, MemberSetupState state, List<Signed<Hop>> shown, List<MemberSetupEffect> effects) {
        for (Signed<Hop> seen : state.progress().hops()) {
            for (Signed<Hop> other : shown) {
                if (other.message().server() == seen.message().server()
                        && other.message().run().equals(state.kept().run())) {
                    compare(context, seen.message().server(), seen, other, effects);
                }
            }
        }
    }

    /** The hops of all M servers for this run, each list made from the one before, and leaf hashes that have the last one's root. */
    private static boolean isChain(MemberContext context, MemberSetupState state, Frame.Leaves leaves) {
        if (leaves.hops().size() != context.servers().size()) {
            return false;
        }
        ByteString before = leaves.hops().get(0).message().in();
        for (int h = 1; h <= leaves.hops().size(); h++) {
            Signed<Hop> hop = leaves.hops().get(h - 1);
            if (hop.message().server() != h
                    || !hop.message().run().equals(state.kept().run())
                    || !hop.message().in().equals(before)
                    || !isBy(context, hop, h)) {
                return false;
            }
            before = hop.message().out();
        }
        return LeafSearch.root(leaves.leafHashes()).map(before::equals).orElse(false);
    }

    /**
     * Opens only with all M servers' word that this run has ended unopened, for one cause, with the item among the asked; never when an inner seed is out
     * (protocol §4.3 complaint, §9 invariant 6).
     */
    private static MemberSetupState stopped(
            MemberContext context,
            MemberSetupState before,
            Signed<Stopped> statement,
            List<MemberSetupEffect> effects) {
        int j = statement.message().server();
        if (!statement.message().run().equals(before.kept().run()) || !isBy(context, statement, j)) {
            return before;
        }
        Signed<Stopped> known = before.progress().stopped().get(j);
        if (known != null) {
            compare(context, j, known, statement, effects);
        }
        MemberSetupState state = before.with(before.progress().withStopped(statement));
        List<Signed<Stopped>> all = List.copyOf(state.progress().stopped().values());
        Stopped first = all.get(0).message();
        boolean agreed = all.size() == context.servers().size()
                && all.stream()
                        .allMatch(s -> s.message().cause().equals(first.cause())
                                && s.message().asked().equals(first.asked()));
        if (!agreed || state.progress().revealed()) {
            return state;
        }
        for (ItemRef ref : first.asked()) {
            boolean own = ref.member().equals(context.self())
                    && ref.index() < state.kept().items().size();
            if (own && !state.progress().itemsOpened().contains(ref.index())) {
                state = open(context, state, ref.index(), first.cause(), effects);
            }
        }
        return state;
    }

    private static MemberSetupState open(
            MemberContext context,
            MemberSetupState state,
            int index,
            ByteString cause,
            List<MemberSetupEffect> effects) {
        KeptEnrolment.KeptItem item = state.kept().items().get(index);
        boolean complaint = state.progress()
                .confirmation()
                .map(c -> !c.message().ok() && c.message().index() == index)
                .orElse(false);
        Signed<Opening> opening = context.signer()
                .sign(new Opening(
                        state.kept().run(),
                        context.self(),
                        index,
                        complaint,
                        cause,
                        ByteString.of(item.outerSeed().expose()),
                        item.core()));
        return say(state.with(state.progress().withItemOpened(index)), effects, opening);
    }

    private static MemberSetupState revealed(
            MemberContext context, MemberSetupState state, Signed<InnerSeed> seed, List<MemberSetupEffect> effects) {
        int j = seed.message().server();
        if (!seed.message().run().equals(state.kept().run()) || !isBy(context, seed, j)) {
            return state;
        }
        Signed<Stopped> stopped = state.progress().stopped().get(j);
        if (stopped != null) {
            effects.add(new MemberSetupEffect.Found(
                    Violation.of(context.servers().get(j - 1), Rule.TWO_STATEMENTS, Evidence.of(stopped, seed))));
        }
        return state.with(state.progress().withRevealed());
    }

    private static MemberSetupState record(
            MemberContext context,
            MemberSetupState state,
            Signed<OpeningRecord> record,
            List<MemberSetupEffect> effects) {
        if (state.progress().decided() || !record.message().epoch().equals(state.epoch())) {
            return state;
        }
        return switch (SeatCheck.check(context, state, record)) {
            case SeatCheck.Incomplete i -> state;
            case SeatCheck.Without without -> {
                effects.add(new MemberSetupEffect.NotSeated(without.reason()));
                yield state.with(state.progress().withDecided());
            }
            case SeatCheck.With with -> {
                state.kept().wipeItems();
                effects.add(new MemberSetupEffect.Seated(with.seat()));
                yield state.with(state.progress().withRevealed().withDecided());
            }
        };
    }

    /** Two different statements of one server under one key, both well signed, convict it. */
    private static void compare(
            MemberContext context, int j, Signed<?> one, Signed<?> other, List<MemberSetupEffect> effects) {
        if (!one.payload().equals(other.payload()) && isBy(context, one, j) && isBy(context, other, j)) {
            effects.add(new MemberSetupEffect.Found(
                    Violation.of(context.servers().get(j - 1), Rule.TWO_STATEMENTS, Evidence.of(one, other))));
        }
    }

    private static MemberSetupState say(MemberSetupState state, List<MemberSetupEffect> effects, Signed<?> statement) {
        Packet<?> packet = Packet.of(statement);
        effects.add(new MemberSetupEffect.SendToAll(packet));
        return state.with(state.progress().withSaid(packet));
    }

    /** Whether a statement carries one good signature, that of server j. */
    static boolean isBy(MemberContext context, Signed<?> statement, int j) {
        return j >= 1
                && j <= context.servers().size()
                && statement.signatures().size() == 1
                && statement.signer().equals(context.servers().get(j - 1))
                && context.signatures().allGood(statement);
    }

    @SuppressWarnings("unchecked") // Each caller has looked at the message's class.
    private static <M extends Message> Signed<M> as(Signed<?> statement) {
        return (Signed<M>) statement;
    }
}
