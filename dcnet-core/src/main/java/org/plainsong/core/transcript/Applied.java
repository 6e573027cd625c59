package org.plainsong.core.transcript;

import java.util.Optional;

/** What came of applying an entry to a {@link Chain}. */
public sealed interface Applied {
    /**
     * The entry holds.
     *
     * @param chain the chain with it
     * @param round what the entry certifies, if it is a record
     */
    record Extended(Chain chain, Optional<RoundView> round) implements Applied {}

    /** The entry does not hold; the chain stays as it was. */
    record Rejected(Finding finding) implements Applied {}

    /** The chain with the entry, if it holds. */
    default Optional<Chain> extended() {
        return this instanceof Extended extended ? Optional.of(extended.chain()) : Optional.empty();
    }

    /** What is wrong, if the entry does not hold. */
    default Optional<Finding> rejected() {
        return this instanceof Rejected rejected ? Optional.of(rejected.finding()) : Optional.empty();
    }
}
