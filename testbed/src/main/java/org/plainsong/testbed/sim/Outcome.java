package org.plainsong.testbed.sim;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param seed what it was drawn from
 * @param failure what went wrong, if something did
 * @param fingerprint over all that happened: the same seed gives the same
 * @param millis virtual time that it took
 * @param events frames that arrived and things that happened
 * @param epochs highest epoch number
 * @param records certified rounds
 * @param failedAttempts attempts that failed
 * @param said posts and private texts, each arrived once wherever it must
 */
record Outcome(
        long seed,
        Optional<String> failure,
        String fingerprint,
        long millis,
        long events,
        long epochs,
        int records,
        int failedAttempts,
        int said) {
    /** Whether nothing went wrong. */
    boolean isGood() {
        return failure.isEmpty();
    }
}
