package org.plainsong.member;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.member.vault.DiskFiles;
import org.plainsong.member.vault.KeyCost;
import org.plainsong.member.vault.ProfileRecord;
import org.plainsong.member.vault.Vault;
import org.plainsong.member.vault.VaultException;

/** A person's profile, opened: a vault with their keys and groups. */
public final class MemberProfile implements AutoCloseable {
    private final Vault vault;

    private MemberProfile(Vault vault) {
        this.vault = vault;
    }

    /**
     * Makes a profile with fresh keys in a directory that holds none, and opens it.
     *
     * @param passphrase secret; the caller wipes it
     */
    public static MemberProfile create(Path directory, byte[] passphrase, KeyCost cost, Randomness randomness)
            throws VaultException {
        Vault vault = Vault.create(new DiskFiles(directory), passphrase, cost, randomness);
        vault.append(List.of(new ProfileRecord.Identity(
                Secret.wrap(randomness.bytes(Ed25519.SEED_SIZE)), Secret.wrap(randomness.bytes(ReplyKey.SEED_SIZE)))));
        return new MemberProfile(vault);
    }

    /**
     * Opens a profile; no other process has it open then.
     *
     * @param passphrase secret; the caller wipes it
     */
    public static MemberProfile open(Path directory, byte[] passphrase, Randomness randomness) throws VaultException {
        return new MemberProfile(Vault.open(new DiskFiles(directory), passphrase, randomness));
    }

    /** What the person hands to admins. */
    public MemberCard card() {
        return cardOf(identity());
    }

    /** The card of these keys. */
    public static MemberCard cardOf(ProfileRecord.Identity identity) {
        try (Ed25519.SigningKey key =
                        Ed25519.SigningKey.fromSeed(identity.seed().expose());
                ReplyKey sealing = ReplyKey.fromSeed(identity.sealingSeed())) {
            return new MemberCard(new PublicKey(key.publicKey()), sealing.publicKey());
        }
    }

    /** The groups of this profile, in the order they were added. */
    public List<GroupId> groups() {
        return List.copyOf(vault.profile().groups().keySet());
    }

    /**
     * Adds a group, if its definition is signed by all who must.
     *
     * @throws FormatException if these bytes are no definition, or one that breaks a rule
     */
    public GroupId add(ByteString definition) throws FormatException, VaultException {
        Signed<GroupDefinition> signed = Envelopes.decode(definition, GroupDefinition.class);
        var problem = Roster.genesis(signed, new WireSignatureCheck()).refused();
        if (problem.isPresent()) {
            throw new FormatException("group definition", problem.get().text());
        }
        GroupId group = Roster.groupId(signed);
        if (!vault.profile().groups().containsKey(group)) {
            vault.append(List.of(new ProfileRecord.Group(group, definition)));
        }
        return group;
    }

    /** The definition of one of the groups. */
    public Optional<Signed<GroupDefinition>> definition(GroupId group) {
        return Optional.ofNullable(vault.profile().groups().get(group)).map(MemberProfile::kept);
    }

    private static Signed<GroupDefinition> kept(ByteString definition) {
        try {
            return Envelopes.decode(definition, GroupDefinition.class);
        } catch (FormatException e) {
            throw new IllegalStateException("the vault holds a definition that cannot be read", e);
        }
    }

    ProfileRecord.Identity identity() {
        return vault.profile()
                .identity()
                .orElseThrow(() -> new IllegalStateException("a profile without keys: its making was interrupted"));
    }

    /** A key that only those know who know the passphrase: for talking to the process that has the profile open. */
    public Secret controlKey() {
        return vault.controlKey();
    }

    Vault vault() {
        return vault;
    }

    @Override
    public void close() throws VaultException {
        vault.close();
    }
}
