package org.plainsong.member.engine;

import java.util.OptionalInt;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;

/**
 * Who a node is, and in which group.
 *
 * @param group the group's definition; its SHA-256 is what everything else is checked against
 * @param member own id in the group
 * @param signer signs with the member's key
 * @param sealing opens messages to the member's roster sealing key
 * @param minimum own smallest crowd for a post; none means the policy's (protocol §5.5: an unusual one can tell people apart)
 */
public record MemberIdentity(
        Signed<GroupDefinition> group, MemberId member, Signer signer, ReplyKey sealing, OptionalInt minimum) {}
