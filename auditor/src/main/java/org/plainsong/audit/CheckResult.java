package org.plainsong.audit;

import java.util.List;
import org.plainsong.core.transcript.Check;

/**
 * What became of one check.
 *
 * @param check which
 * @param checked how many things were checked, those that failed among them
 * @param failed how many did not hold
 * @param failures the first of them
 * @param missing how many could not be checked because something is not there
 * @param excused how many could not be checked because its retention is over
 * @param gaps the first of what is missing
 */
public record CheckResult(
        Check check, long checked, long failed, List<Item> failures, long missing, long excused, List<Item> gaps) {
    /** Most failures and gaps that are told one by one. */
    public static final int MOST_ITEMS = 100;

    /**
     * A failure or a gap.
     *
     * @param where file or record
     * @param what what was found, or what is not there
     */
    public record Item(String where, String what) {}

    /** Copies the lists. */
    public CheckResult {
        failures = List.copyOf(failures);
        gaps = List.copyOf(gaps);
    }

    /** How an audit of this check alone would end. */
    public Outcome outcome() {
        if (failed > 0) {
            return Outcome.FAILED;
        }
        return missing > 0 ? Outcome.INCOMPLETE : Outcome.PASSED;
    }
}
