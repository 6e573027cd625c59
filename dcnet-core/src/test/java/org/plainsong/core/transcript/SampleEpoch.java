package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.epoch.PadKeys;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.epoch.Terms;
import org.plainsong.core.group.Founding;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.EpochId;
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
import org.plainsong.core.shuffle.HopWork;
import org.plainsong.core.shuffle.Onion;
import org.plainsong.core.shuffle.ShuffleList;

/** A correct setup, made step by step from the pure functions of protocol §4: its bundle, its opening record and its slot keys. */
final class SampleEpoch {
    private final Chain before;
    private final long number;
    private final long timeMillis;
    private final List<String> servers;
    private final Map<MemberId, String> members = new TreeMap<>();
    private final Map<PublicKey, Ed25519.SigningKey> slotKeys = new TreeMap<>();

    private final Signed<Proposal> proposal;
    private final EpochId epoch;
    private final List<Signed<Announcement>> announcements;
    private final Terms terms;
    private final Map<MemberId, Signed<Enrolment>> enrolments = new LinkedHashMap<>();
    private final List<ShuffleList> lists = new ArrayList<>();
    private final List<Packet<Hop>> hops = new ArrayList<>();
    private final List<MemberId> confirmed = new ArrayList<>();
    private final Signed<OpeningRecord> opening;
    private final SetupBundle bundle;

    /**
     * Sets up the next epoch.
     *
     * @param before the chain so far
     * @param servers names of the servers, in order
     * @param members names of the members
     * @param unconfirmed name of a member that does not confirm, empty for none
     */
    SampleEpoch(Chain before, long timeMillis, List<String> servers, List<String> members, String unconfirmed) {
        this.before = before;
        this.number = before.epochNumber() + 1;
        this.timeMillis = timeMillis;
        this.servers = servers;
        members.forEach(name -> this.members.put(Roster.memberId(before.roster().groupId(), Founding.key(name)), name));
        this.proposal = propose();
        this.epoch = new EpochId(Hash.sha256(proposal.payload()));
        this.announcements = ofServers(this::announce);
        this.terms = Terms.of(epoch, announcements, before.roster().policy().namesPerEpoch())
                .orElseThrow();
        this.members.forEach((id, name) -> enrolments.put(id, enrol(id, name)));
        shuffle();
        this.members.forEach((id, name) -> {
            if (!name.equals(unconfirmed)) {
                confirmed.add(id);
            }
        });
        List<Signed<ConfirmationSet>> sets = ofServers(this::confirmationSet);
        ByteString setsHash = Hash.labelled(
                Labels.CONFIRMED_SETS, sets.stream().map(Signed::payload).toArray(ByteString[]::new));
        List<Signed<InnerSeed>> seeds =
                ofServers(j -> new InnerSeed(terms.run(), j, setsHash, seed("inner", j), timeMillis + j));
        this.bundle = new SetupBundle(
                proposal,
                announcements,
                List.copyOf(enrolments.values()),
                ofServers(j -> new EnrolmentSet(epoch, j, refs())),
                ofServers(j -> new EnrolmentCheck(epoch, j, union(), List.of())),
                List.of(),
                hops,
                ofServers(j -> new ChainCheck(terms.run(), j, chain())),
                sets,
                seeds);
        this.opening = Founding.signed(record(setsHash), servers);
    }

    private interface Statement<M extends Message> {
        M of(int server);
    }

    private <M extends Message> List<Signed<M>> ofServers(Statement<M> statement) {
        List<Signed<M>> all = new ArrayList<>();
        for (int j = 1; j <= servers.size(); j++) {
            all.add(Founding.signer(servers.get(j - 1)).sign(statement.of(j)));
        }
        return all;
    }

    private ByteString seed(String use, Object owner) {
        return Founding.bytes(use + " " + owner + " epoch " + number);
    }

    private XWing.KeyPair pair(String use, int server) {
        return XWing.generate(seed(use, server).toByteArray());
    }

    private Signed<Proposal> propose() {
        Proposal proposed = new Proposal(
                before.roster().groupId(),
                number,
                before.roster().hash(),
                before.roster().eligible(),
                before.prev());
        return Founding.signer(servers.get((int) (number % servers.size()))).sign(proposed);
    }

    private Announcement announce(int j) {
        return new Announcement(
                epoch,
                j,
                pair("pad", j).publicKey(),
                pair("outer", j).publicKey(),
                pair("inner", j).publicKey());
    }

    private Signed<Enrolment> enrol(MemberId id, String name) {
        byte[] seed = seed("enrol", name).toByteArray();
        List<ByteString> encapsulations = new ArrayList<>();
        List<ByteString> tags = new ArrayList<>();
        for (int j = 1; j <= servers.size(); j++) {
            XWing.Encapsulation made =
                    XWing.encapsulate(announcements.get(j - 1).message().padKey(), PadKeys.randomness(epoch, seed, j));
            encapsulations.add(made.ciphertext());
            tags.add(PadKeys.tag(PadKeys.pairSecret(epoch, made.sharedSecret(), id, j)));
        }
        List<ByteString> items = new ArrayList<>();
        for (int index = 0; index < terms.names(); index++) {
            String item = name + " " + index;
            Ed25519.SigningKey slot =
                    Ed25519.SigningKey.fromSeed(seed("slot", item).toByteArray());
            slotKeys.put(new PublicKey(slot.publicKey()), slot);
            ByteString core = Onion.core(
                    terms.shuffle(),
                    seed("inner seed", item).toByteArray(),
                    slot.publicKey().toByteArray());
            items.add(Onion.layers(
                            terms.shuffle(),
                            new ItemRef(id, index),
                            seed("outer seed", item).toByteArray(),
                            core)
                    .getFirst());
        }
        return Founding.signer(name).sign(new Enrolment(epoch, terms.announces(), id, encapsulations, tags, items));
    }

    private void shuffle() {
        List<ByteString> first = new ArrayList<>();
        List<ItemRef> owners = new ArrayList<>();
        enrolments.forEach((id, enrolment) -> {
            for (int index = 0; index < terms.names(); index++) {
                first.add(enrolment.message().items().get(index));
                owners.add(new ItemRef(id, index));
            }
        });
        lists.add(ShuffleList.of(first));
        for (int h = 1; h <= servers.size(); h++) {
            ShuffleList in = lists.getLast();
            Secret seed = Secret.copyOf(seed("outer", h).toByteArray());
            HopWork work = new HopWork(
                    terms.shuffle(), h, XWing.ExpandedKey.of(seed), in.items(), h == 1 ? owners : List.of());
            HopWork.Result result = work.finish(work.open(0, in.size()));
            ShuffleList out = ((HopWork.Result.Listed) result).list();
            lists.add(out);
            Hop hop = new Hop(terms.run(), h, in.root(), out.root());
            hops.add(new Packet<>(Founding.signer(servers.get(h - 1)).sign(hop), out.body()));
        }
    }

    private ByteString chain() {
        return Terms.chain(hops.stream().map(Packet::statement).toList());
    }

    private ConfirmationSet confirmationSet(int j) {
        List<Signed<Confirmation>> said = new ArrayList<>();
        for (MemberId id : confirmed) {
            Confirmation ok = new Confirmation(terms.run(), id, chain(), true, 0, 0, List.of());
            said.add(Founding.signer(Optional.ofNullable(members.get(id)).orElseThrow())
                    .sign(ok));
        }
        return new ConfirmationSet(terms.run(), j, chain(), said);
    }

    private List<EnrolmentRef> refs() {
        return enrolments.entrySet().stream()
                .map(e -> new EnrolmentRef(e.getKey(), Hash.sha256(e.getValue().payload())))
                .sorted(Comparator.comparing(EnrolmentRef::member))
                .toList();
    }

    private ByteString union() {
        return Hash.sha256(refs().stream().map(EnrolmentRef::hash).toArray(ByteString[]::new));
    }

    private OpeningRecord record(ByteString setsHash) {
        List<MemberId> enrolled = List.copyOf(members.keySet());
        return new OpeningRecord(
                before.roster().groupId(),
                number,
                epoch,
                before.prev(),
                enrolled,
                union(),
                terms.run(),
                lists.stream().map(ShuffleList::root).toList(),
                setsHash,
                List.copyOf(slotKeys.keySet()),
                BitSets.of(enrolled.size(), i -> confirmed.contains(enrolled.get(i))),
                Math.max(before.timeMillis() + 1, timeMillis + (servers.size() + 1) / 2));
    }

    Signed<OpeningRecord> opening() {
        return opening;
    }

    SetupBundle bundle() {
        return bundle;
    }

    /** The key of a slot, by its position in the opening record. */
    Ed25519.SigningKey slotKey(int slot) {
        return Optional.ofNullable(slotKeys.get(opening.message().slots().get(slot)))
                .orElseThrow();
    }
}
