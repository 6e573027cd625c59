package org.plainsong.core.group;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;

/** Parties with keys made from their names, and a group that they found: the beginning of most tests. */
public final class Founding {
    /** Checks signatures for real. */
    public static final SignatureCheck CHECK = new WireSignatureCheck();

    private Founding() {}

    /** 32 bytes that belong to a name and a use. */
    public static ByteString bytes(String name) {
        return Hash.sha256(ByteString.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** The signing key of whoever has this name. */
    public static Ed25519.SigningKey signingKey(String name) {
        return Ed25519.SigningKey.fromSeed(bytes("sign " + name).toByteArray());
    }

    /** The signer of whoever has this name. */
    public static WireSigner signer(String name) {
        return new WireSigner(signingKey(name));
    }

    /** The public key of whoever has this name. */
    public static PublicKey key(String name) {
        return signer(name).publicKey();
    }

    /** The X-Wing key that others seal to for whoever has this name. */
    public static ByteString sealingKey(String name) {
        return XWing.generate(bytes("seal " + name).toByteArray()).publicKey();
    }

    /** A server's entry. */
    public static ServerEntry server(String name) {
        return new ServerEntry(
                name, "operator of " + name, key(name), "https://" + name + ".example:8443", bytes("tls " + name));
    }

    /** An admin's entry. */
    public static Admin admin(String name) {
        return new Admin(name, key(name));
    }

    /** A definition with these servers and admins. */
    public static GroupDefinition definition(Policy policy, List<String> servers, List<String> admins, int threshold) {
        return new GroupDefinition(
                "Night shift",
                "Talking about work",
                bytes("nonce"),
                policy,
                admins.stream()
                        .map(Founding::admin)
                        .sorted(Comparator.comparing(Admin::key))
                        .toList(),
                threshold,
                servers.stream().map(Founding::server).toList());
    }

    /** A message signed by everybody named. */
    public static <M extends Message> Signed<M> signed(M message, List<String> names) {
        List<Signed<M>> all = new ArrayList<>();
        names.forEach(name -> all.add(signer(name).sign(message)));
        return Envelopes.combine(all);
    }

    /** The usual group: three servers, three admins of whom two have to sign. */
    public static Signed<GroupDefinition> usual(Policy policy) {
        GroupDefinition definition =
                definition(policy, List.of("north", "east", "west"), List.of("ada", "bea", "cid"), 2);
        return signed(definition, List.of("north", "east", "west", "ada", "bea"));
    }

    /** The roster of the usual group with the default policy. */
    public static Roster usualRoster() {
        return Roster.genesis(usual(PolicyDefaults.policy()), CHECK).accepted().orElseThrow();
    }

    /** The change that adds whoever has this name. */
    public static RosterChange.AddMember add(GroupId group, String name) {
        return new RosterChange.AddMember(Roster.memberId(group, key(name)), key(name), sealingKey(name), name);
    }

    /** The next entry of a roster, signed by ada and bea. */
    public static Signed<RosterEntry> entry(Roster roster, RosterChange... changes) {
        return entry(roster, List.of("ada", "bea"), changes);
    }

    /** The next entry of a roster, signed by these. */
    public static Signed<RosterEntry> entry(Roster roster, List<String> signers, RosterChange... changes) {
        return signed(new RosterEntry(roster.groupId(), roster.index() + 1, roster.hash(), List.of(changes)), signers);
    }
}
