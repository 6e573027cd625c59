package org.plainsong.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Checkpoint;

/**
 * Whether all publications show one log (T5): of two checkpoints the smaller one's tree is the beginning of the larger one's.
 *
 * @param result the check
 * @param outcome a split view if two signed checkpoints contradict each other
 */
record HeadComparison(CheckResult result, Outcome outcome) {
    static HeadComparison of(List<SourceReport> reports) {
        List<CheckResult.Item> failures = new ArrayList<>();
        List<CheckResult.Item> gaps = new ArrayList<>();
        int compared = 0;
        for (int i = 0; i < reports.size(); i++) {
            for (int j = i + 1; j < reports.size(); j++) {
                SourceReport one = reports.get(i);
                SourceReport other = reports.get(j);
                String where = one.where() + " and " + other.where();
                Optional<Boolean> same = sameLog(one, other);
                if (same.isEmpty()) {
                    gaps.add(new CheckResult.Item(where, "their entries or checkpoints could not be compared"));
                    continue;
                }
                compared++;
                if (!same.get()) {
                    failures.add(
                            new CheckResult.Item(where, "two signed checkpoints show different entries: keep both"));
                }
            }
        }
        CheckResult result =
                new CheckResult(Check.T5_ONE_LOG, compared, failures.size(), failures, gaps.size(), 0, gaps);
        Outcome outcome =
                !failures.isEmpty() ? Outcome.SPLIT_VIEW : gaps.isEmpty() ? Outcome.PASSED : Outcome.INCOMPLETE;
        return new HeadComparison(result, outcome);
    }

    /** Compares two signed checkpoints by the roots that were computed from the entries of each, or signed, at the smaller size. */
    private static Optional<Boolean> sameLog(SourceReport one, SourceReport other) {
        if (one.checkpoint().isEmpty() || other.checkpoint().isEmpty()) {
            return Optional.empty();
        }
        long size =
                Math.min(one.checkpoint().get().size(), other.checkpoint().get().size());
        Optional<ByteString> first = rootAt(one, one.checkpoint().get(), size);
        Optional<ByteString> second = rootAt(other, other.checkpoint().get(), size);
        return first.isPresent() && second.isPresent() ? Optional.of(first.equals(second)) : Optional.empty();
    }

    private static Optional<ByteString> rootAt(SourceReport report, Checkpoint checkpoint, long size) {
        return checkpoint.size() == size
                ? Optional.of(checkpoint.root())
                : Optional.ofNullable(report.roots().get(size));
    }
}
