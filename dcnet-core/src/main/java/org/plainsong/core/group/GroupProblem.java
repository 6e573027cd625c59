package org.plainsong.core.group;

/**
 * Why a definition or a roster entry is not accepted: which kind of rule it breaks, and what was wrong in words that name the value (protocol §3).
 *
 * @param rule the kind of rule
 * @param text one sentence, with the value, its unit and what is allowed
 */
public record GroupProblem(Rule rule, String text) {
    /** The kinds of rules. */
    public enum Rule {
        /** A signature is not good. */
        SIGNATURE,
        /** Signatures are missing, or somebody signed who has no say. */
        SIGNERS,
        /** The entry belongs to another group, or does not follow on the last one. */
        LINK,
        /** A public key is not acceptable, or used already. */
        KEY,
        /** A name, purpose or URL is empty, too long or has characters that are not allowed. */
        TEXT,
        /** A change names a member that does not exist or is in another state. */
        MEMBER,
        /** The servers would not be 2 to 16, or a change names one that does not exist. */
        SERVER,
        /** Admins or threshold would not fit. */
        ADMIN,
        /** An auditor is named twice. */
        AUDITOR,
        /** A value of the policy is out of its range or contradicts another. */
        POLICY,
        /** Too many of something. */
        LIMIT
    }
}
