package org.plainsong.member.vault;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.engine.VaultRecord;

/** One thing that a profile remembers, in the order it was learned. */
public sealed interface ProfileRecord {
    /**
     * The person's keys, made once.
     *
     * @param seed 32-byte seed of the Ed25519 key
     * @param sealingSeed 32-byte seed of the X-Wing key that messages to this member are sealed to
     */
    record Identity(Secret seed, Secret sealingSeed) implements ProfileRecord {}

    /**
     * A group that the person is in.
     *
     * @param group its id
     * @param definition envelope of its definition
     */
    record Group(GroupId group, ByteString definition) implements ProfileRecord {}

    /** Something about one of the groups. */
    record OfGroup(GroupId group, VaultRecord what) implements ProfileRecord {}
}
