package org.plainsong.member;

import java.util.OptionalInt;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.engine.Follower;
import org.plainsong.member.engine.MemberIdentity;
import org.plainsong.member.engine.MemberNode;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.vault.Profile;

/** What a profile holds of a group, read without a connection and without changing anything. */
public final class MemberReading {
    private MemberReading() {}

    /** What is shown of the member while nothing runs: posts, private texts and outbox as they were last kept. */
    public static MemberSnapshot of(Profile profile, GroupId group) {
        ByteString envelope = profile.groups().get(group);
        if (envelope == null) {
            throw new IllegalArgumentException("the profile is not in group " + group);
        }
        try {
            Signed<GroupDefinition> definition = Envelopes.decode(envelope, GroupDefinition.class);
            MemberIdentity identity = identity(profile, definition, OptionalInt.empty());
            Follower follower = new Follower(new WireSignatureCheck());
            MemberNode node = new MemberNode(identity, profile.kept(group), MemberReading::draws, follower);
            return node.snapshot();
        } catch (FormatException e) {
            throw new IllegalStateException("the vault holds a definition that cannot be read", e);
        }
    }

    /** Who the profile's person is in a group. */
    static MemberIdentity identity(Profile profile, Signed<GroupDefinition> definition, OptionalInt minimum) {
        var keys = profile.identity()
                .orElseThrow(() -> new IllegalStateException("a profile without keys: its making was interrupted"));
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(keys.seed().expose());
        return new MemberIdentity(
                definition,
                Roster.memberId(Roster.groupId(definition), new PublicKey(key.publicKey())),
                new WireSigner(key),
                ReplyKey.fromSeed(keys.sealingSeed()),
                minimum);
    }

    private static void draws(byte[] target) {
        throw new IllegalStateException("reading needs no randomness, " + target.length + " bytes were asked for");
    }
}
