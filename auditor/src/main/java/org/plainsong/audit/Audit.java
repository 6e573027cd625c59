package org.plainsong.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plainsong.audit.source.TranscriptSource;

/** The audit of a group's transcript, as one or more servers publish it, with public keys alone (protocol §8, docs/checks.md). */
public final class Audit {
    private Audit() {}

    /**
     * Checks every publication, and that all show the same log.
     *
     * @param sources at least one
     * @throws IOException if a source cannot be read at all; what is not there, or is wrong, stands in the report instead
     */
    public static AuditReport of(GroupReference group, List<? extends TranscriptSource> sources, AuditSettings settings)
            throws IOException {
        List<PublishedHead> heads = new ArrayList<>();
        Set<Long> sizes = new HashSet<>();
        for (TranscriptSource source : sources) {
            PublishedHead head = PublishedHead.read(source);
            heads.add(head);
            head.size().ifPresent(sizes::add);
        }
        List<SourceReport> reports = new ArrayList<>();
        Outcome outcome = Outcome.PASSED;
        for (int i = 0; i < sources.size(); i++) {
            SourceReport report = new SourceAudit(sources.get(i), group, settings, heads.get(i), sizes).run();
            reports.add(report);
            outcome = outcome.and(report.outcome());
        }
        HeadComparison comparison = HeadComparison.of(reports);
        return new AuditReport(group.id(), reports, comparison.result(), outcome.and(comparison.outcome()));
    }
}
