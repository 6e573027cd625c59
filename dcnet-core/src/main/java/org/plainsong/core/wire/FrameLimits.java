package org.plainsong.core.wire;

import org.plainsong.core.message.Policy;

/**
 * What a side accepts on a connection, before it knows whether to believe it. Everything of a frame but its tail counts as head.
 *
 * @param maxHead most bytes of the head: the kind and, in a statement, the envelope
 * @param maxTail most bytes of the tail: the body of a statement, an entry
 */
public record FrameLimits(int maxHead, int maxTail) {
    /** For frames from a server: enrolment sets, shuffle lists and entries of the largest groups fit. */
    public static final FrameLimits FROM_SERVER = new FrameLimits(Limits.ENVELOPE, Limits.ENVELOPE);

    private static final int SLACK = 4096;

    /**
     * For frames from a member: the longest is an enrolment, or a header with a full round's ciphertext.
     *
     * @param policy of the group
     * @param servers M
     */
    public static FrameLimits fromMember(Policy policy, int servers) {
        int forEachServer = Limits.XWING_CIPHERTEXT + 64;
        int enrolment = servers * forEachServer + Limits.NAMES * (Limits.setupItem(servers) + 8);
        return new FrameLimits(Math.max(enrolment, Limits.ITEM) + SLACK, Math.max(policy.maxRoundBytes(), SLACK));
    }

    /** For the frames before anybody has proven a key: a challenge, its answer, a problem. */
    public static final FrameLimits UNKNOWN_PEER = new FrameLimits(SLACK, 0);

    /** The largest frame that is let in. */
    public int maxFrame() {
        return Math.addExact(maxHead, maxTail);
    }
}
