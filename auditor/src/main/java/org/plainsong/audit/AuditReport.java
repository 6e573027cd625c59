package org.plainsong.audit;

import java.util.List;
import org.plainsong.core.message.GroupId;

/**
 * What an audit found, over all publications given.
 *
 * @param group the group
 * @param sources one for each publication, in the order given
 * @param oneLog the comparison of the publications, T5; checked 0 if there is only one
 * @param outcome the worst of all
 */
public record AuditReport(GroupId group, List<SourceReport> sources, CheckResult oneLog, Outcome outcome) {
    /** Copies the list. */
    public AuditReport {
        sources = List.copyOf(sources);
    }
}
