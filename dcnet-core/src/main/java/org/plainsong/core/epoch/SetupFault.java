package org.plainsong.core.epoch;

/**
 * Something in a setup bundle that does not hold. Not a verdict: a bundle can be wrong because whoever publishes it changed it.
 *
 * @param step where
 * @param what what was found instead
 */
public record SetupFault(Step step, String what) {
    /** Parts of a setup, in the order in which they are checked. */
    public enum Step {
        /** The proposal. */
        PROPOSAL,
        /** The announcements. */
        ANNOUNCEMENTS,
        /** The enrolments and the sets of them. */
        ENROLMENTS,
        /** Complaints about confirmation tags and their answers. */
        TAGS,
        /** The shuffle's lists. */
        LISTS,
        /** How the lists are chained. */
        HOPS,
        /** The members' confirmations. */
        CONFIRMATIONS,
        /** The servers' inner seeds. */
        INNER_SEEDS,
        /** What the last list opens to. */
        SLOT_KEYS,
        /** The opening record. */
        RECORD
    }
}
