package org.plainsong.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Finding;

/** Counts what was checked while an audit runs. Any thread may count. */
final class Tally {
    private final Map<Check, Counts> counts = new EnumMap<>(Check.class);

    private static final class Counts {
        private long checked;
        private long failed;
        private long missing;
        private long excused;
        private final List<CheckResult.Item> failures = new ArrayList<>();
        private final List<CheckResult.Item> gaps = new ArrayList<>();
    }

    private Counts of(Check check) {
        return counts.computeIfAbsent(check, c -> new Counts());
    }

    /** These checks hold for one thing more. */
    synchronized void hold(Iterable<Check> checks) {
        checks.forEach(check -> of(check).checked++);
    }

    /** This check holds for {@code n} things more. */
    synchronized void hold(Check check, long n) {
        of(check).checked += n;
    }

    /** This check does not hold. */
    synchronized void fail(Check check, String where, String what) {
        Counts own = of(check);
        own.checked++;
        own.failed++;
        if (own.failures.size() < CheckResult.MOST_ITEMS) {
            own.failures.add(new CheckResult.Item(where, what));
        }
    }

    /** A check of the core does not hold. */
    void fail(String where, Finding finding) {
        fail(finding.check(), where, finding.what());
    }

    /** This check could not be made. */
    synchronized void miss(Check check, String where, String what) {
        Counts own = of(check);
        own.missing++;
        if (own.gaps.size() < CheckResult.MOST_ITEMS) {
            own.gaps.add(new CheckResult.Item(where, what));
        }
    }

    /** This check could not be made any more, and need not be: the retention is over. */
    synchronized void excuse(Check check) {
        of(check).excused++;
    }

    /** All checks in order, also those of which nothing was there to check. */
    synchronized List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : Check.values()) {
            Counts own = of(check);
            results.add(
                    new CheckResult(check, own.checked, own.failed, own.failures, own.missing, own.excused, own.gaps));
        }
        return results;
    }
}
