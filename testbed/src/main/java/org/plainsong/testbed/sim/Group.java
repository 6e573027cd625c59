package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSigner;

/** The keys of everybody in a run and what the admin has signed with them. */
final class Group {
    private static final int SEED = 32;

    /** A server's keys. */
    record ServerKeys(Ed25519.SigningKey key, Signer signer, ServerEntry entry) {}

    /** A member's keys. */
    record MemberKeys(Signer signer, MemberId id, Secret sealingSeed, ByteString sealingKey, String name) {}

    final Signed<GroupDefinition> definition;
    final GroupId id;
    final List<ServerKeys> servers;
    final List<MemberKeys> members;
    private final Signer admin;

    private Group(
            Signed<GroupDefinition> definition, List<ServerKeys> servers, List<MemberKeys> members, Signer admin) {
        this.definition = definition;
        this.id = Roster.groupId(definition);
        this.servers = servers;
        this.members = members;
        this.admin = admin;
    }

    /** The group of this run. */
    static Group found(Scenario scenario) {
        Randomness random = Dice.bytes(scenario.seed(), "keys");
        Signer admin = new WireSigner(key(random));
        List<ServerKeys> servers = new ArrayList<>();
        for (int j = 1; j <= scenario.servers(); j++) {
            servers.add(server(j, key(random), random));
        }
        GroupDefinition message = new GroupDefinition(
                "Simulation",
                "",
                ByteString.wrap(random.bytes(SEED)),
                scenario.policy(),
                List.of(new Admin("admin", admin.publicKey())),
                1,
                servers.stream().map(ServerKeys::entry).toList());
        List<Signed<GroupDefinition>> signed = new ArrayList<>();
        signed.add(admin.sign(message));
        servers.forEach(server -> signed.add(server.signer().sign(message)));
        Signed<GroupDefinition> definition = Envelopes.combine(signed);
        List<MemberKeys> members = new ArrayList<>();
        for (int i = 1; i <= scenario.members(); i++) {
            members.add(member(i, Roster.groupId(definition), random));
        }
        return new Group(definition, List.copyOf(servers), List.copyOf(members), admin);
    }

    private static Ed25519.SigningKey key(Randomness random) {
        return Ed25519.SigningKey.fromSeed(random.bytes(SEED));
    }

    private static ServerKeys server(int number, Ed25519.SigningKey key, Randomness random) {
        ServerEntry entry = new ServerEntry(
                "server " + number,
                "operator " + number,
                new PublicKey(key.publicKey()),
                "https://s" + number + ".example:8443",
                ByteString.wrap(random.bytes(SEED)));
        return new ServerKeys(key, new WireSigner(key), entry);
    }

    private static MemberKeys member(int number, GroupId group, Randomness random) {
        Signer signer = new WireSigner(key(random));
        Secret seed = Secret.wrap(random.bytes(ReplyKey.SEED_SIZE));
        try (ReplyKey sealing = ReplyKey.fromSeed(seed)) {
            MemberId id = Roster.memberId(group, signer.publicKey());
            return new MemberKeys(signer, id, seed, sealing.publicKey(), "person " + number);
        }
    }

    /** The first entry of every transcript. */
    Entry firstEntry() {
        return new Entry(0, Entry.GROUP, List.of(Envelopes.encode(definition)), ByteString.EMPTY);
    }

    /** The admin's roster entry that adds these members. */
    Signed<RosterEntry> adding(long index, ByteString prev, List<MemberKeys> some) {
        List<RosterChange> changes = new ArrayList<>();
        for (MemberKeys member : some) {
            changes.add(new RosterChange.AddMember(
                    member.id(), member.signer().publicKey(), member.sealingKey(), member.name()));
        }
        return admin.sign(new RosterEntry(id, index, prev, changes));
    }

    /** What the next roster entry names as the one before. */
    static ByteString hashOf(Signed<RosterEntry> entry) {
        return Hash.sha256(entry.payload());
    }
}
