package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.epoch.Seat;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;

/** Three servers that sign what a test tells them, and the keys of five members. */
final class FakeGroup {
    static final int SERVERS = 3;
    static final int MEMBERS = 5;

    final Randomness randomness;
    final List<Signer> servers = new ArrayList<>();
    final List<Ed25519.SigningKey> members = new ArrayList<>();
    final List<ReplyKey> sealing = new ArrayList<>();
    final Signed<GroupDefinition> definition;
    final GroupId id;
    final Signer admin;
    final Follower follower = new Follower(new WireSignatureCheck());
    Followed followed = Followed.START;
    private long time = 1000;

    FakeGroup(int seed, UnaryOperator<Policy> rules) {
        randomness = Randomness.seeded(new byte[] {(byte) seed, 9});
        admin = signer();
        List<ServerEntry> entries = new ArrayList<>();
        for (int j = 1; j <= SERVERS; j++) {
            Signer server = signer();
            servers.add(server);
            entries.add(
                    new ServerEntry("s" + j, "op" + j, server.publicKey(), "https://s" + j + ".example", bytes(32)));
        }
        GroupDefinition group = new GroupDefinition(
                "Night shift",
                "",
                bytes(32),
                rules.apply(PolicyDefaults.policy()),
                List.of(new Admin("a", admin.publicKey())),
                1,
                entries);
        definition = signedByAll(group, admin);
        id = Roster.groupId(definition);
        for (int i = 0; i < MEMBERS; i++) {
            members.add(Ed25519.SigningKey.fromSeed(randomness.bytes(32)));
            sealing.add(ReplyKey.fromSeed(Secret.wrap(randomness.bytes(32))));
        }
        members.sort(Comparator.comparing(key -> memberId(key)));
    }

    MemberIdentity identity(int member, OptionalInt minimum) {
        Ed25519.SigningKey key = members.get(member);
        return new MemberIdentity(definition, memberId(key), new WireSigner(key), sealing.get(member), minimum);
    }

    MemberId memberId(Ed25519.SigningKey key) {
        return Roster.memberId(id, new PublicKey(key.publicKey()));
    }

    List<MemberId> memberIds() {
        return members.stream().map(this::memberId).toList();
    }

    PublicKey server(int number) {
        return servers.get(number - 1).publicKey();
    }

    ByteString groupEntry() {
        return entry(0, Entry.GROUP, definition, ByteString.EMPTY);
    }

    ByteString rosterEntry() {
        List<RosterChange> changes = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            PublicKey key = new PublicKey(members.get(i).publicKey());
            changes.add(new RosterChange.AddMember(
                    memberId(members.get(i)), key, sealing.get(i).publicKey(), "m" + i));
        }
        RosterEntry roster = new RosterEntry(id, 1, id.value(), changes);
        return entry(1, Entry.ROSTER, admin.sign(roster), ByteString.EMPTY);
    }

    /** Reads the group, the roster and an opening record in which everybody is confirmed. */
    void open(long number, List<PublicKey> slots) throws FormatException {
        if (followed.chain().size() == 0) {
            take(groupEntry());
            take(rosterEntry());
        }
        take(openingEntry(number, slots));
    }

    ByteString openingEntry(long number, List<PublicKey> slots) {
        List<ByteString> roots = Collections.nCopies(SERVERS + 1, bytes(32));
        OpeningRecord opening = new OpeningRecord(
                id,
                number,
                epochId(number),
                followed.chain().prev(),
                memberIds(),
                bytes(32),
                new RunId(bytes(32)),
                roots,
                bytes(32),
                slots,
                everybody(),
                time += 10);
        return entry(followed.chain().size(), Entry.OPENING_RECORD, signedByAll(opening), ByteString.EMPTY);
    }

    static EpochId epochId(long number) {
        return new EpochId(Hash.sha256(ByteString.of((byte) number)));
    }

    static ByteString everybody() {
        return BitSets.of(MEMBERS, i -> true);
    }

    /** A seat of a member with fresh names and pads, and the opening record of its epoch. */
    Seat seat(int member, long number, int names) throws FormatException {
        List<Ed25519.SigningKey> keys = new ArrayList<>();
        for (int k = 0; k < names; k++) {
            keys.add(Ed25519.SigningKey.fromSeed(randomness.bytes(32)));
        }
        List<PublicKey> slots = new ArrayList<>(
                keys.stream().map(k -> new PublicKey(k.publicKey())).toList());
        slots.add(signer().publicKey());
        Collections.sort(slots);
        open(number, slots);
        List<Seat.Name> own = new ArrayList<>();
        for (Ed25519.SigningKey key : keys) {
            own.add(new Seat.Name(slots.indexOf(new PublicKey(key.publicKey())), key));
        }
        own.sort(Comparator.comparingInt(Seat.Name::slot));
        List<Secret> pads = new ArrayList<>();
        for (int j = 0; j < SERVERS; j++) {
            pads.add(Secret.wrap(randomness.bytes(32)));
        }
        EpochView epoch = epoch();
        return new Seat(
                epoch.opened().opening(),
                member,
                own,
                pads,
                true,
                epoch.opened().opening().message().run(),
                bytes(32));
    }

    EpochView epoch() {
        return followed.chain().epoch().orElseThrow();
    }

    /** A certified record of the attempt to come with this output. */
    ByteString recordEntry(ByteString output, int participants, int expectedNext) {
        EpochView epoch = epoch();
        byte[] attached = new byte[MEMBERS];
        for (int i = 0; i < participants; i++) {
            attached[i] = 1;
        }
        List<ByteString> each = Collections.nCopies(SERVERS, bytes(32));
        Record record = new Record(
                epoch.next(),
                epoch.prev(),
                bytes(32),
                ByteString.wrap(attached),
                BitSets.of(MEMBERS, i -> i < expectedNext),
                List.of(),
                bytes(32),
                each,
                each,
                each,
                TreeHash.rootOfChunks(output.unsafeArray()),
                time += 10,
                false,
                List.of(),
                List.of());
        return entry(followed.chain().size(), Entry.RECORD, signedByAll(record), output);
    }

    /** A failed record of the attempt to come. */
    ByteString failedEntry(int participants, boolean revealed) {
        EpochView epoch = epoch();
        byte[] attached = new byte[MEMBERS];
        for (int i = 0; i < participants; i++) {
            attached[i] = 1;
        }
        List<ByteString> envelopes = new ArrayList<>();
        ByteString inventories = bytes(32);
        AttemptId at = epoch.next();
        for (int j = 1; j <= SERVERS; j++) {
            Failed failed = new Failed(
                    at,
                    epoch.prev(),
                    j,
                    inventories,
                    ByteString.wrap(attached),
                    BitSets.of(MEMBERS, i -> true),
                    revealed);
            envelopes.add(Envelopes.encode(servers.get(j - 1).sign(failed)));
        }
        return EntryCodec.encode(new Entry(followed.chain().size(), Entry.FAILED_RECORD, envelopes, ByteString.EMPTY));
    }

    Followed.Step take(ByteString entry) throws FormatException {
        Followed.Outcome outcome = follower.follow(followed, entry);
        if (outcome instanceof Followed.Step step) {
            followed = step.after();
            return step;
        }
        throw new AssertionError("refused: " + outcome);
    }

    Frame.SetupOffer offer(long number) {
        Proposal proposal = new Proposal(
                id,
                number,
                followed.chain().hasGroup() ? followed.chain().roster().hash() : id.value(),
                memberIds(),
                new org.plainsong.core.message.RecordHash(id.value()));
        int proposer = (int) (number % SERVERS);
        Signed<Proposal> signed = servers.get(proposer).sign(proposal);
        EpochId epoch = new EpochId(Hash.sha256(signed.payload()));
        List<Signed<Announcement>> announcements = new ArrayList<>();
        for (int j = 1; j <= SERVERS; j++) {
            announcements.add(servers.get(j - 1).sign(new Announcement(epoch, j, xwing(), xwing(), xwing())));
        }
        return new Frame.SetupOffer(signed, announcements);
    }

    ByteString bytes(int size) {
        return ByteString.wrap(randomness.bytes(size));
    }

    private ByteString xwing() {
        return XWing.generate(randomness.bytes(32)).publicKey();
    }

    private Signer signer() {
        return new WireSigner(Ed25519.SigningKey.fromSeed(randomness.bytes(32)));
    }

    private <M extends Message> Signed<M> signedByAll(M message, Signer... more) {
        List<Signed<M>> all = new ArrayList<>();
        servers.forEach(server -> all.add(server.sign(message)));
        for (Signer each : more) {
            all.add(each.sign(message));
        }
        return Envelopes.combine(all);
    }

    private static ByteString entry(long index, int kind, Signed<?> statement, ByteString body) {
        return EntryCodec.encode(new Entry(index, kind, List.of(Envelopes.encode(statement)), body));
    }
}
