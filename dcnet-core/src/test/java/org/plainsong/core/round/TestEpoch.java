package org.plainsong.core.round;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signer;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;

/** An epoch for tests: servers, members with one slot each, every key from a seed. */
public final class TestEpoch {
    /** Real signature checks. */
    public static final WireSignatureCheck CHECK = new WireSignatureCheck();

    private final String seed;
    private final EpochContext context;
    private final List<Signer> servers = new ArrayList<>();
    private final List<Signer> members = new ArrayList<>();
    /** Ascending by public key; slot s belongs to member {@link #ownerOf}. */
    private final List<Ed25519.SigningKey> slots = new ArrayList<>();

    private final Map<PublicKey, Integer> owners = new TreeMap<>();

    /** With the policy of {@link #policy()}. */
    public TestEpoch(String seed, int serverCount, int memberCount) {
        this(seed, serverCount, memberCount, policy());
    }

    /** An epoch in which everything follows from the seed. */
    public TestEpoch(String seed, int serverCount, int memberCount, Policy policy) {
        this.seed = seed;
        IntStream.rangeClosed(1, serverCount).forEach(j -> servers.add(new WireSigner(key("server " + j))));
        List<MemberId> ids = new ArrayList<>();
        for (int i = 0; i < memberCount; i++) {
            members.add(new WireSigner(key("member " + i)));
            slots.add(key("slot " + i));
            owners.put(new PublicKey(slots.get(i).publicKey()), i);
            ids.add(new MemberId(ByteString.concat(
                    ByteString.of((byte) (i >> 8), (byte) i), hash("id " + i).slice(0, 14))));
        }
        slots.sort(java.util.Comparator.comparing(Ed25519.SigningKey::publicKey));
        this.context = new EpochContext(
                new EpochId(hash("epoch")),
                servers.stream().map(Signer::publicKey).toList(),
                ids,
                members.stream().map(Signer::publicKey).toList(),
                new RunId(hash("run")),
                hash("chain"),
                policy);
    }

    /** Small numbers: minimum 2, three quarters, hard limit 1 s, classes from 256 to 1024, 3 garbled and 2 silent rounds. */
    public static Policy policy() {
        return new Policy(
                2, 750, 200, 100, 900, 1500, 1000, 8192, 1024, 256, 1, 1000, 10, 1000, 10, 3, 2, 3, 3, 3, 250, 90,
                false, true);
    }

    /** The public part. */
    public EpochContext context() {
        return context;
    }

    /** SHA-256 of the epoch's seed and this name. */
    public ByteString hash(String name) {
        return Hash.sha256((seed + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private Ed25519.SigningKey key(String name) {
        return Ed25519.SigningKey.fromSeed(hash(name).toByteArray());
    }

    /** Signer of server 1..M. */
    public Signer server(int number) {
        return servers.get(number - 1);
    }

    /** Signer of the member with this index. */
    public Signer member(int index) {
        return members.get(index);
    }

    /** Key of a slot. */
    public Ed25519.SigningKey slotKey(int slot) {
        return slots.get(slot);
    }

    /** Slot keys in order. */
    public List<PublicKey> slotKeys() {
        return slots.stream().map(key -> new PublicKey(key.publicKey())).toList();
    }

    /** Index of the member that owns a slot. */
    public int ownerOf(int slot) {
        return owners.get(new PublicKey(slots.get(slot).publicKey()));
    }

    /** The slot of a member. */
    public int slotOf(int member) {
        return IntStream.range(0, slots.size())
                .filter(s -> ownerOf(s) == member)
                .findFirst()
                .orElseThrow();
    }

    /** K_ij. */
    public Secret pairSecret(int member, int server) {
        return Secret.wrap(hash("pair " + member + " " + server).toByteArray());
    }

    /** The pads of server 1..M, by member index. */
    public PadSource serverPads(int server) {
        return new StreamPads(IntStream.range(0, members.size())
                .mapToObj(i -> PadKey.of(pairSecret(i, server)).stream())
                .toArray(PadStream[]::new));
    }

    /** The pads of a member, by server number less one. */
    public PadSource memberPads(int member) {
        return new StreamPads(IntStream.rangeClosed(1, servers.size())
                .mapToObj(j -> PadKey.of(pairSecret(member, j)).stream())
                .toArray(PadStream[]::new));
    }

    /** A member's submissions, as its client makes them. */
    public Submissions submissions(int member) {
        return new Submissions(context.enrolled().get(member), memberPads(member), servers.size(), members.get(member));
    }

    /** Everybody. */
    public ByteString everyone() {
        return BitSets.of(members.size(), i -> true);
    }

    /** The first attempt of round 1, everybody confirmed and expected. */
    public AttemptContext first() {
        return attempt(1, 0, new RecordHash(hash("opening record")), Layout.first(context.epoch(), slots.size()));
    }

    /** Any attempt with everybody confirmed and expected. */
    public AttemptContext attempt(long round, int attempt, RecordHash prev, Layout layout) {
        return new AttemptContext(
                context,
                new AttemptId(context.epoch(), round, attempt),
                prev,
                layout,
                everyone(),
                everyone(),
                1_000_000);
    }

    /** The attempt as a server sees it. */
    public AgreementContext at(int server, AttemptContext attempt) {
        return new AgreementContext(attempt, server, server(server), CHECK);
    }

    /** What a member writes: its text in its slot if that is open, a request if not. */
    public Map<Integer, ByteString> writes(int member, AttemptContext attempt, String text, int nextLength) {
        int slot = slotOf(member);
        if (!attempt.layout().isOpen(slot)) {
            return Map.of(slot, ByteString.of((byte) 1));
        }
        ByteString body = ByteString.wrap(text.getBytes(StandardCharsets.UTF_8));
        ByteString seed16 = hash("frame seed " + attempt.at() + " " + slot).slice(0, 16);
        return Map.of(
                slot,
                SlotFrame.build(
                        attempt.at(),
                        slotKey(slot),
                        attempt.layout().length(slot),
                        new SlotFrame.Valid(nextLength, body, 0),
                        seed16));
    }

    /** The submission of a member that is new in this attempt. */
    public Packet<Header> submit(int member, AttemptContext attempt, Map<Integer, ByteString> slots) {
        return submissions(member).submit(attempt, slots);
    }
}
