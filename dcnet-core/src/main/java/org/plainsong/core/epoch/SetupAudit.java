package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.epoch.SetupFault.Step;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;
import org.plainsong.core.shuffle.CoreWork;
import org.plainsong.core.shuffle.ListCheck;
import org.plainsong.core.shuffle.ShuffleList;
import org.plainsong.core.shuffle.SubmittedItem;
import org.plainsong.core.verdict.Culprit;

/**
 * Checks a setup from its bundle alone, after the fact (protocol §8 shuffles): every signature, every set, every list, and the opening record computed anew with
 * the very functions that the servers use. Each step rests on the one before, so the first fault ends the check.
 */
public final class SetupAudit {
    private final SetupBundle bundle;
    private final SetupGround ground;
    private final OpeningRecord opening;

    private SetupAudit(SetupBundle bundle, SetupGround ground) {
        this.bundle = bundle;
        this.ground = ground;
        this.opening = ground.opening().message();
    }

    /** The first thing in a bundle that does not hold; nothing if it carries the opening record. Never throws for what the bundle holds. */
    public static Optional<SetupFault> fault(SetupBundle bundle, SetupGround ground) {
        return new SetupAudit(bundle, ground).check();
    }

    private Optional<SetupFault> check() {
        return proposal().or(this::announcements).or(this::withTerms);
    }

    private Optional<SetupFault> proposal() {
        Signed<Proposal> signed = bundle.proposal();
        Proposal said = signed.message();
        int servers = ground.parties().serverCount();
        int turn = (int) (said.epoch() % servers) + 1;
        boolean named = Hash.sha256(signed.payload()).equals(opening.epoch().value())
                && said.epoch() == opening.epochNumber()
                && said.group().equals(ground.group())
                && said.roster().equals(ground.roster())
                && said.prev().equals(ground.prev());
        boolean eligible = ground.parties().members().keySet().containsAll(said.eligible())
                && new ArrayList<>(new TreeSet<>(said.eligible())).equals(said.eligible());
        return require(named, Step.PROPOSAL, "the proposal is not the one of this epoch, roster and link")
                .or(() -> require(
                        eligible, Step.PROPOSAL, "the proposal's members are not eligible, each once, in order"))
                .or(() -> require(
                        isSignedBy(signed, ground.parties().server(turn)),
                        Step.PROPOSAL,
                        "the proposal is not signed by server " + turn + ", whose turn it was"));
    }

    private Optional<SetupFault> announcements() {
        return ofServers(
                Step.ANNOUNCEMENTS,
                bundle.announcements(),
                said -> said.epoch().equals(opening.epoch()),
                said -> said.server());
    }

    private Optional<SetupFault> withTerms() {
        Optional<Terms> terms = Terms.of(
                opening.epoch(), bundle.announcements(), ground.policy().namesPerEpoch());
        return terms.isEmpty()
                ? fault(Step.ANNOUNCEMENTS, "a server announced a key that nobody can use")
                : enrolments(terms.get());
    }

    private Optional<SetupFault> enrolments(Terms terms) {
        SortedMap<ByteString, Signed<Enrolment>> known = new TreeMap<>();
        for (Signed<Enrolment> enrolment : bundle.enrolments()) {
            boolean signed = enrolment.signatures().size() == 1
                    && ground.parties().isMember(enrolment.message().member(), enrolment.signer())
                    && ground.signatures().allGood(enrolment);
            if (!signed) {
                return fault(Step.ENROLMENTS, "an enrolment is not signed by its member");
            }
            known.put(Hash.sha256(enrolment.payload()), enrolment);
        }
        SortedMap<MemberId, SortedSet<ByteString>> union =
                Roll.union(bundle.proposal().message().eligible(), bundle.sets());
        Set<ByteString> named = new HashSet<>();
        union.values().forEach(named::addAll);
        boolean exact = named.equals(known.keySet())
                && known.size() == bundle.enrolments().size();
        return ofServers(
                        Step.ENROLMENTS,
                        bundle.sets(),
                        said -> said.epoch().equals(opening.epoch()),
                        said -> said.server())
                .or(() -> require(exact, Step.ENROLMENTS, "the enrolments are not those that the sets name, each once"))
                .or(() -> agreed(terms, Roll.of(terms, union, known)));
    }

    private Optional<SetupFault> agreed(Terms terms, Roll roll) {
        ByteString hash = roll.hash();
        return ofServers(
                        Step.ENROLMENTS,
                        bundle.checks(),
                        said -> said.epoch().equals(opening.epoch())
                                && said.union().equals(hash),
                        EnrolmentCheck::server)
                .or(() -> tags(terms, roll));
    }

    private Optional<SetupFault> tags(Terms terms, Roll roll) {
        SortedSet<ItemRef> asked = EnrolPhases.complaints(bundle.checks(), roll);
        if (asked.isEmpty()) {
            return require(
                            bundle.tagOpenings().isEmpty(),
                            Step.TAGS,
                            "encapsulations were opened that nobody asked for")
                    .or(() -> lists(terms, roll));
        }
        TagJudge judge =
                new TagJudge(terms, roll, bundle.checks(), ground.parties().servers());
        boolean serverLied = judge.judge(openings(asked)).stream()
                .anyMatch(violation -> violation.culprit() instanceof Culprit.OfServer);
        Set<MemberId> excluded = new HashSet<>();
        asked.forEach(ref -> excluded.add(ref.member()));
        return ofServers(
                        Step.TAGS,
                        bundle.tagOpenings(),
                        said -> said.epoch().equals(opening.epoch()),
                        TagOpeningSet::server)
                .or(() -> require(!serverLied, Step.TAGS, "a server called a good tag wrong, and the epoch was opened"))
                .or(() -> lists(terms, roll.without(excluded)));
    }

    private Map<ItemRef, List<Signed<TagOpening>>> openings(SortedSet<ItemRef> asked) {
        Map<ItemRef, List<Signed<TagOpening>>> openings = new TreeMap<>();
        for (Signed<TagOpeningSet> set : bundle.tagOpenings()) {
            for (Signed<TagOpening> opened : set.message().openings()) {
                ItemRef ref =
                        new ItemRef(opened.message().member(), opened.message().server());
                boolean good = asked.contains(ref)
                        && opened.message().epoch().equals(opening.epoch())
                        && opened.signatures().size() == 1
                        && ground.parties().isMember(ref.member(), opened.signer())
                        && ground.signatures().allGood(opened);
                if (good) {
                    openings.computeIfAbsent(ref, r -> new ArrayList<>()).add(opened);
                }
            }
        }
        return openings;
    }

    private Optional<SetupFault> lists(Terms terms, Roll roll) {
        List<ShuffleList> lists = new ArrayList<>();
        lists.add(ShuffleList.of(
                roll.submitted().stream().map(SubmittedItem::item).toList()));
        List<Signed<Hop>> hops = new ArrayList<>();
        for (Packet<Hop> packet : bundle.hops()) {
            int h = lists.size();
            Hop said = packet.statement().message();
            Optional<ShuffleList> list = ShuffleList.fromBody(packet.body());
            if (list.isEmpty() || !said.out().equals(list.get().root())) {
                return fault(Step.LISTS, "list " + h + " is not the one that its server signed");
            }
            if (!said.in().equals(lists.getLast().root()) || !said.run().equals(terms.run())) {
                return fault(Step.HOPS, "list " + h + " does not follow on the one before");
            }
            Optional<ListCheck.Fault> bad = ListCheck.fault(
                    terms.shuffle(),
                    Math.min(h, terms.servers()),
                    lists.getLast().size(),
                    list.get().items());
            if (bad.isPresent()) {
                return fault(Step.LISTS, "list " + h + ": " + bad.get());
            }
            lists.add(list.get());
            hops.add(packet.statement());
        }
        ByteString chain = Terms.chain(hops);
        return ofServers(Step.HOPS, hops, said -> true, Hop::server)
                .or(() -> ofServers(
                        Step.HOPS,
                        bundle.chainChecks(),
                        said -> said.run().equals(terms.run()) && said.chain().equals(chain),
                        ChainCheck::server))
                .or(() -> confirmations(new Shuffled(terms, roll, lists, chain)));
    }

    /** What the shuffle came to. */
    private record Shuffled(Terms terms, Roll roll, List<ShuffleList> lists, ByteString chain) {}

    private Optional<SetupFault> confirmations(Shuffled shuffled) {
        Map<MemberId, PublicKey> members = new TreeMap<>(ground.parties().members());
        members.keySet().retainAll(shuffled.roll().members());
        Terms terms = shuffled.terms();
        Confirmations rules = new Confirmations(
                terms.run(), ground.parties().servers(), members, terms.names(), shuffled.chain(), ground.signatures());
        Confirmations.Union union = rules.union(bundle.confirmations(), Map.of());
        int minimum = ground.policy().minParticipants();
        return ofServers(
                        Step.CONFIRMATIONS,
                        bundle.confirmations(),
                        said -> said.run().equals(terms.run()) && said.chain().equals(shuffled.chain()),
                        said -> said.server())
                .or(() -> require(
                        union.missing().isEmpty(),
                        Step.CONFIRMATIONS,
                        union.missing().size() + " items were called missing, and the run was opened"))
                .or(() -> require(
                        union.confirmed().size() >= minimum,
                        Step.CONFIRMATIONS,
                        union.confirmed().size() + " members confirmed, " + minimum + " are needed"))
                .or(() -> seeds(shuffled, union.confirmed()));
    }

    private Optional<SetupFault> seeds(Shuffled shuffled, SortedSet<MemberId> confirmed) {
        ByteString sets = Hash.labelled(Labels.CONFIRMED_SETS, Terms.payloads(bundle.confirmations()));
        Terms terms = shuffled.terms();
        return ofServers(
                        Step.INNER_SEEDS,
                        bundle.seeds(),
                        said -> said.run().equals(terms.run()) && said.sets().equals(sets),
                        InnerSeed::server)
                .or(() -> require(
                        bundle.seeds().stream().allMatch(seed -> ConfirmPhases.givesItsKey(seed.message(), terms)),
                        Step.INNER_SEEDS,
                        "a seed does not give the key that its server announced"))
                .or(() -> record(shuffled, confirmed, sets));
    }

    private Optional<SetupFault> record(Shuffled shuffled, SortedSet<MemberId> confirmed, ByteString sets) {
        List<XWing.ExpandedKey> keys = bundle.seeds().stream()
                .map(seed -> ConfirmPhases.expanded(seed.message()))
                .toList();
        List<ByteString> last = shuffled.lists().getLast().items();
        List<Optional<ByteString>> payloads =
                SetupWork.Cores.slotKeys(new CoreWork(shuffled.terms().shuffle(), keys, last), 0, last.size());
        OpeningRecord anew = new OpeningDraft(
                        bundle.proposal().message(),
                        shuffled.terms(),
                        shuffled.roll(),
                        shuffled.lists(),
                        sets,
                        confirmed,
                        bundle.seeds(),
                        ground.lastTimeMillis())
                .record(payloads);
        return require(
                        anew.slots().equals(opening.slots()),
                        Step.SLOT_KEYS,
                        "the last list opens to " + anew.slots().size() + " other slot keys than the record has")
                .or(() -> require(
                        anew.equals(opening), Step.RECORD, "the opening record says something else than its setup"));
    }

    /** Exactly one statement of each server, in order, each signed by its server alone and with what it has to say. */
    private <M extends Message> Optional<SetupFault> ofServers(
            Step step, Collection<Signed<M>> statements, Predicate<M> saysIt, ToIntFunction<M> server) {
        int expected = 1;
        for (Signed<M> statement : statements) {
            M said = statement.message();
            boolean good = expected <= ground.parties().serverCount()
                    && server.applyAsInt(said) == expected
                    && saysIt.test(said)
                    && isSignedBy(statement, ground.parties().server(expected));
            if (!good) {
                return fault(step, said.type() + " number " + expected + " is not that server's for this setup");
            }
            expected++;
        }
        return require(
                expected == ground.parties().serverCount() + 1,
                step,
                "statements of " + (expected - 1) + " of " + ground.parties().serverCount() + " servers");
    }

    private boolean isSignedBy(Signed<?> signed, PublicKey key) {
        return signed.signatures().size() == 1
                && signed.signer().equals(key)
                && ground.signatures().allGood(signed);
    }

    private static Optional<SetupFault> require(boolean holds, Step step, String otherwise) {
        return holds ? Optional.empty() : fault(step, otherwise);
    }

    private static Optional<SetupFault> fault(Step step, String what) {
        return Optional.of(new SetupFault(step, what));
    }
}
