package org.plainsong.core.message;

/**
 * One attempt of one round of one epoch: the key under which a pad is used once (protocol §5.2).
 *
 * @param epoch the epoch
 * @param round number of the round, 0 for the setup, from 1 for rounds
 * @param attempt number of the attempt, from 0
 */
public record AttemptId(EpochId epoch, long round, int attempt) implements Comparable<AttemptId> {
    /** Checks the ranges. */
    public AttemptId {
        Fields.atLeast("round", round, 0);
        Fields.atLeast("attempt", attempt, 0);
    }

    /** The next attempt of the same round. */
    public AttemptId nextAttempt() {
        return new AttemptId(epoch, round, attempt + 1);
    }

    /** The first attempt of the next round. */
    public AttemptId nextRound() {
        return new AttemptId(epoch, round + 1, 0);
    }

    @Override
    public int compareTo(AttemptId other) {
        int c = epoch.compareTo(other.epoch);
        c = c != 0 ? c : Long.compare(round, other.round);
        return c != 0 ? c : Integer.compare(attempt, other.attempt);
    }
}
