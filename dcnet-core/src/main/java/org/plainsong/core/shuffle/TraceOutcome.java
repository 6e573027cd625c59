package org.plainsong.core.shuffle;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.verdict.Violation;

/**
 * What a trace ends in (protocol §4.3).
 *
 * @param violations culprits with rule and evidence; may be empty where somebody is silent
 * @param unopened items that were asked for and not opened: their members are set aside
 */
public record TraceOutcome(List<Violation> violations, SortedSet<ItemRef> unopened) {
    /** Copies both. */
    public TraceOutcome {
        violations = List.copyOf(violations);
        unopened = Collections.unmodifiableSortedSet(new TreeSet<>(unopened));
    }
}
