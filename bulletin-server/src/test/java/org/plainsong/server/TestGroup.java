package org.plainsong.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.net.TlsIdentity;

/** A group with all its keys, for tests: one admin, some servers, some members and an auditor; the same for the same seed but for the TLS keys. */
public final class TestGroup {
    /** Keys of the servers, by number - 1. */
    public final List<Ed25519.SigningKey> serverKeys = new ArrayList<>();

    /** TLS keys of the servers. */
    public final List<TlsIdentity> tls = new ArrayList<>();

    /** Keys of the members. */
    public final List<Ed25519.SigningKey> memberKeys = new ArrayList<>();

    /** Key of the admin. */
    public final Ed25519.SigningKey admin;

    /** Key of the auditor that {@link #addMembers()} names. */
    public final Ed25519.SigningKey auditor;

    /** The definition, signed by the admin and every server. */
    public final Signed<GroupDefinition> definition;

    private final Randomness random;
    private final Signed<RosterEntry> addMembers;

    /** Makes a group whose server n listens on {@code ports[n - 1]} of the loopback. */
    public TestGroup(long seed, int members, int... ports) {
        random = Randomness.seeded(
                ByteString.fromHex(HexFormat.of().toHexDigits(seed)).toByteArray());
        admin = key();
        auditor = key();
        List<ServerEntry> servers = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            serverKeys.add(key());
            tls.add(TlsIdentity.create("127.0.0.1", random, Instant.parse("2026-01-01T00:00:00Z")));
            servers.add(new ServerEntry(
                    "server " + (i + 1),
                    "operator",
                    publicKey(serverKeys.get(i)),
                    "https://127.0.0.1:" + ports[i],
                    tls.get(i).pin()));
        }
        for (int i = 0; i < members; i++) {
            memberKeys.add(key());
        }
        GroupDefinition message = new GroupDefinition(
                "a group",
                "tests",
                ByteString.wrap(random.bytes(32)),
                PolicyDefaults.policy(),
                List.of(new Admin("admin", publicKey(admin))),
                1,
                servers);
        List<Signed<GroupDefinition>> signed = new ArrayList<>();
        signed.add(new WireSigner(admin).sign(message));
        serverKeys.forEach(key -> signed.add(new WireSigner(key).sign(message)));
        definition = Envelopes.combine(signed);
        addMembers = drawMembers();
    }

    private Ed25519.SigningKey key() {
        return Ed25519.SigningKey.fromSeed(random.bytes(32));
    }

    /** The key that others know. */
    public static PublicKey publicKey(Ed25519.SigningKey key) {
        return new PublicKey(key.publicKey());
    }

    /** Id of the group. */
    public GroupId id() {
        return Roster.groupId(definition);
    }

    /** Id of a member. */
    public MemberId member(int index) {
        return Roster.memberId(id(), publicKey(memberKeys.get(index)));
    }

    /** The first roster entry: all members and the auditor. */
    public Signed<RosterEntry> addMembers() {
        return addMembers;
    }

    private Signed<RosterEntry> drawMembers() {
        List<RosterChange> changes = new ArrayList<>();
        for (int i = 0; i < memberKeys.size(); i++) {
            ByteString sealing = XWing.generate(random.bytes(XWing.SEED_SIZE)).publicKey();
            changes.add(new RosterChange.AddMember(member(i), publicKey(memberKeys.get(i)), sealing, "member " + i));
        }
        changes.add(new RosterChange.AddAuditor("auditor", publicKey(auditor)));
        return entry(1, id().value(), changes);
    }

    /** A roster entry signed by the admin. */
    public Signed<RosterEntry> entry(long index, ByteString prev, List<RosterChange> changes) {
        return new WireSigner(admin).sign(new RosterEntry(id(), index, prev, changes));
    }
}
