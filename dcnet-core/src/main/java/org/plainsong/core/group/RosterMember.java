package org.plainsong.core.group;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;

/**
 * A member as the roster knows it (protocol §3).
 *
 * @param id its name for good, from its first key
 * @param key signs its statements, the newest one
 * @param sealingKey X-Wing public key of 1216 bytes for messages to this known member
 * @param name what the group calls it, 0..64 bytes of UTF-8
 * @param state whether it takes part
 */
public record RosterMember(MemberId id, PublicKey key, ByteString sealingKey, String name, MemberState state) {
    RosterMember in(MemberState newState) {
        return new RosterMember(id, key, sealingKey, name, newState);
    }

    RosterMember with(PublicKey newKey, ByteString newSealingKey) {
        return new RosterMember(id, newKey, newSealingKey, name, state);
    }
}
