package org.plainsong.core.verdict;

import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;

/**
 * A party broke a rule, with the proof.
 *
 * @param culprit who
 * @param rule which rule
 * @param evidence complete: with it and the group's public data anyone comes to the same end
 */
public record Violation(Culprit culprit, Rule rule, Evidence evidence) {
    /** A member's violation. */
    public static Violation of(MemberId member, Rule rule, Evidence evidence) {
        return new Violation(new Culprit.OfMember(member), rule, evidence);
    }

    /** A server's violation. */
    public static Violation of(PublicKey server, Rule rule, Evidence evidence) {
        return new Violation(new Culprit.OfServer(server), rule, evidence);
    }
}
