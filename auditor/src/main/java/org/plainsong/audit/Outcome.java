package org.plainsong.audit;

/** How an audit ends; the worst that was found counts (experience of auditors: 4 before 3 before 5 before 6 before 7). */
public enum Outcome {
    /** Everything asked was checked and holds. */
    PASSED(0, "PASSED"),
    /** Older than was asked for. */
    STALE(7, "STALE"),
    /** Something could not be had, or was pruned before its time. */
    INCOMPLETE(6, "INCOMPLETE"),
    /** Signatures that a policy asks for are missing. */
    POLICY_NOT_MET(5, "POLICY NOT MET"),
    /** A check does not hold. */
    FAILED(3, "FAILED"),
    /** Two signed checkpoints contradict each other. */
    SPLIT_VIEW(4, "SPLIT VIEW");

    private final int exitCode;
    private final String word;

    Outcome(int exitCode, String word) {
        this.exitCode = exitCode;
        this.word = word;
    }

    /** Exit status of the command. */
    public int exitCode() {
        return exitCode;
    }

    /** The word in a report. */
    public String word() {
        return word;
    }

    /** The worse of the two. */
    public Outcome and(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
