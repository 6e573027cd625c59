package org.plainsong.core.transcript;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.group.Founding;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.RoundHashes;
import org.plainsong.core.round.RoundPlan;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.wire.Envelopes;

/**
 * Writes a correct transcript from the pure functions alone, the same bytes every time: three servers, five members, as many epochs, rounds and failed attempts
 * as the caller asks for. Shares are made up so that they give the output: nobody without the pads can tell.
 */
public final class SampleTranscript {
    /** Time of the first record, Unix milliseconds. */
    public static final long START = 1_790_000_000_000L;
    /** Names of the servers, in order. */
    public static final List<String> SERVERS = List.of("north", "east", "west");

    private static final List<String> MEMBERS = List.of("dora", "eve", "fay", "gil", "hal");

    private final TreeMap<String, ByteString> files = new TreeMap<>();
    private Chain chain = Chain.start();
    private Optional<SampleEpoch> epoch = Optional.empty();
    private long clock = START;

    /** A transcript of the definition and the roster entry that adds the members. */
    public SampleTranscript(Policy policy) {
        append(Entry.GROUP, List.of(Founding.usual(policy)), ByteString.EMPTY);
        files.put(TranscriptFiles.GROUP, Envelopes.encode(Founding.usual(policy)));
        Roster roster = chain.roster();
        RosterChange[] adds = MEMBERS.stream()
                .map(name -> Founding.add(roster.groupId(), name))
                .toArray(RosterChange[]::new);
        roster(adds);
    }

    /** A policy for small transcripts: short slots, shares kept for ever. */
    public static Policy policy(int epochRounds) {
        Policy policy = PolicyRules.with(PolicyDefaults.policy(), PolicyField.EPOCH_ROUNDS, epochRounds);
        policy = PolicyRules.with(policy, PolicyField.MIN_EPOCH_ROUNDS, 1);
        policy = PolicyRules.with(policy, PolicyField.NAMES_PER_EPOCH, 2);
        policy = PolicyRules.with(policy, PolicyField.DEFAULT_SLOT_BYTES, 256);
        policy = PolicyRules.with(policy, PolicyField.MAX_SLOT_BYTES, 1024);
        policy = PolicyRules.with(policy, PolicyField.MAX_ROUND_BYTES, 4096);
        return PolicyRules.with(policy, PolicyField.RETENTION_DAYS, 0);
    }

    /** The usual small transcript: two epochs, twenty rounds, one failed attempt, one late confirmation, posts, a garbled and a silent slot. */
    public static SampleTranscript small() {
        SampleTranscript sample = new SampleTranscript(policy(12));
        sample.openEpoch("hal");
        for (int round = 1; round <= 12; round++) {
            if (round == 5) {
                sample.fail();
            }
            sample.round(round == 3 ? List.of(sample.unconfirmedIndex()) : List.of());
        }
        sample.roster(new RosterChange.AddAuditor("press", Founding.key("press")));
        sample.openEpoch("");
        for (int round = 1; round <= 8; round++) {
            sample.round(List.of());
        }
        return sample;
    }

    /** The chain over all entries. */
    public Chain chain() {
        return chain;
    }

    /** The group. */
    public GroupId group() {
        return chain.roster().groupId();
    }

    /** All files with the checkpoint of one server, by path. */
    public Map<String, ByteString> files(String server) {
        Map<String, ByteString> all = new TreeMap<>(files);
        all.put(TranscriptFiles.CHECKPOINT, checkpoint(server).encode());
        return all;
    }

    /** The checkpoint of a server over all entries. */
    public SignedNote checkpoint(String server) {
        return Checkpoint.of(
                        Checkpoint.origin(Founding.server(server), group()),
                        chain.size(),
                        chain.log().root())
                .sign(Founding.signingKey(server));
    }

    /** Adds a roster entry. */
    public void roster(RosterChange... changes) {
        append(Entry.ROSTER, List.of(Founding.entry(chain.roster(), changes)), ByteString.EMPTY);
    }

    /** Opens the next epoch. */
    public void openEpoch(String unconfirmed) {
        SampleEpoch opened = new SampleEpoch(chain, clock += 3000, SERVERS, MEMBERS, unconfirmed);
        ByteString bundle = SetupBundleCodec.encode(opened.bundle());
        append(Entry.OPENING_RECORD, List.of(opened.opening()), blob(bundle));
        epoch = Optional.of(opened);
    }

    /** Index of the one enrolled member that has not confirmed. */
    public int unconfirmedIndex() {
        EpochView view = view();
        for (int i = 0; i < view.enrolledCount(); i++) {
            if (!view.isConfirmed(i)) {
                return i;
            }
        }
        throw new IllegalStateException("all members have confirmed");
    }

    /** A failed attempt: all servers name the same inventories and nobody has revealed. */
    public void fail() {
        EpochView view = view();
        ByteString participants = participants(view);
        List<Signed<Failed>> statements = new ArrayList<>();
        for (int j = 1; j <= SERVERS.size(); j++) {
            Failed failed = new Failed(
                    view.next(),
                    view.prev(),
                    j,
                    Founding.bytes("inventories of " + view.prev()),
                    participants,
                    view.confirmed(),
                    false);
            statements.add(Founding.signer(SERVERS.get(j - 1)).sign(failed));
        }
        append(Entry.FAILED_RECORD, statements, ByteString.EMPTY);
    }

    /** A certified round, with these late confirmations. */
    public void round(List<Integer> late) {
        EpochView view = view();
        ByteString output = output(view);
        ByteString participants = participants(view);
        ByteString expectedNext = BitSets.or(
                BitSets.or(RoundPlan.participantBits(participants), view.confirmed()),
                BitSets.of(view.enrolledCount(), late));
        boolean last = view.next().round() >= view.opened().policy().epochRounds();
        RoundPlan.Agreed agreed = new RoundPlan.Agreed(
                Founding.bytes("inventories of " + view.prev()),
                participants,
                expectedNext,
                late,
                Founding.bytes("headers of " + view.prev()),
                last);
        ByteString clear = RoundHashes.clear(view.prev(), view.layout(), view.expected(), agreed);
        List<ByteString> shares = shares(output, view.prev().value());
        List<ByteString> nonces = new ArrayList<>();
        List<ByteString> commitments = new ArrayList<>();
        for (int j = 1; j <= SERVERS.size(); j++) {
            nonces.add(Founding.bytes("nonce " + j + " of " + view.prev()));
            commitments.add(RoundHashes.commitment(view.next(), j, clear, nonces.get(j - 1), shares.get(j - 1)));
        }
        Record record = new Record(
                view.next(),
                view.prev(),
                agreed.inventories(),
                participants,
                expectedNext,
                late,
                agreed.headerRoot(),
                commitments,
                nonces,
                shares.stream().map(this::blob).toList(),
                TreeHash.rootOfChunks(output.unsafeArray()),
                clock += 1000,
                last,
                List.of(),
                List.of());
        append(Entry.RECORD, List.of(Founding.signed(record, SERVERS)), output);
    }

    private EpochView view() {
        return chain.epoch().orElseThrow();
    }

    /** Every confirmed member takes part, each attached to a server. */
    private static ByteString participants(EpochView view) {
        byte[] attached = new byte[view.enrolledCount()];
        for (int i = 0; i < attached.length; i++) {
            attached[i] = (byte) (view.isConfirmed(i) ? 1 + i % SERVERS.size() : 0);
        }
        return ByteString.wrap(attached);
    }

    /** Two slots live: one posts and goes on, one is silent or garbled now and then. */
    private ByteString output(EpochView view) {
        Layout layout = view.layout();
        byte[] output = new byte[layout.totalBytes()];
        for (int slot = 0; slot < Math.min(2, layout.slots()); slot++) {
            if (!layout.isOpen(slot)) {
                output[layout.offset(slot)] = (byte) (view.next().round() % 3 == 1 ? 17 : 0);
            } else if (slot == 0 || view.next().round() % 2 == 0) {
                frame(view, slot).copyTo(output, layout.offset(slot));
            }
            boolean garbles = layout.isOpen(slot) && slot == 1 && view.next().round() % 4 == 0;
            if (garbles) {
                output[layout.offset(slot) + 100] ^= 1;
            }
        }
        return ByteString.wrap(output);
    }

    private ByteString frame(EpochView view, int slot) {
        String text = "slot " + slot + " in round " + view.next().round();
        SlotFrame.Valid content = new SlotFrame.Valid(
                view.next().round() % 5 == 0 ? 2 : 1, ByteString.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        ByteString seed = Founding.bytes("frame " + text + view.prev()).slice(0, SlotFrame.SEED_SIZE);
        return SlotFrame.build(
                view.next(), epoch.orElseThrow().slotKey(slot), view.layout().length(slot), content, seed);
    }

    /** Made-up shares whose XOR is the output. */
    private static List<ByteString> shares(ByteString output, ByteString seed) {
        byte[] rest = output.toByteArray();
        List<ByteString> shares = new ArrayList<>();
        for (int j = 1; j < SERVERS.size(); j++) {
            byte[] share = new byte[rest.length];
            for (int i = 0; i < share.length; i++) {
                if (i % Hash.SIZE == 0) {
                    ByteString block = Hash.sha256(seed, Numbers.u32(j), Numbers.u32(i));
                    System.arraycopy(block.unsafeArray(), 0, share, i, Math.min(Hash.SIZE, share.length - i));
                }
                rest[i] ^= share[i];
            }
            shares.add(ByteString.wrap(share));
        }
        shares.add(ByteString.wrap(rest));
        return shares;
    }

    private ByteString blob(ByteString contents) {
        ByteString address = TranscriptFiles.addressOf(contents);
        files.put(TranscriptFiles.blob(address), contents);
        return address;
    }

    private <M extends Message> void append(int kind, List<Signed<M>> statements, ByteString body) {
        Entry entry = new Entry(
                chain.size(), kind, statements.stream().map(Envelopes::encode).toList(), body);
        Applied applied = chain.apply(entry, Founding.CHECK);
        chain = applied.extended()
                .orElseThrow(() -> new IllegalStateException("a sample entry does not hold: "
                        + applied.rejected().orElseThrow().line()));
        files.put(TranscriptFiles.entry(entry.index()), EntryCodec.encode(entry));
    }
}
