package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.verdict.Violation;

/**
 * What every phase of a setup at a server has.
 *
 * @param book statements held
 * @param connected members connected to this server, nothing as long as the driver has not said
 * @param violations found so far, one for each culprit and rule
 * @param said own statements, in order, for a server whose link comes up again
 * @param deadlineMillis when the phase's patience ends
 */
record Held(
        Book book,
        Optional<SortedSet<MemberId>> connected,
        List<Violation> violations,
        List<Frame> said,
        long deadlineMillis) {

    static Held empty() {
        return new Held(Book.empty(), Optional.empty(), List.of(), List.of(), Long.MAX_VALUE);
    }

    Held with(Book next) {
        return new Held(next, connected, violations, said, deadlineMillis);
    }

    Held withConnected(SortedSet<MemberId> members) {
        return new Held(
                book,
                Optional.of(Collections.unmodifiableSortedSet(new TreeSet<>(members))),
                violations,
                said,
                deadlineMillis);
    }

    Held withViolation(Violation violation) {
        List<Violation> more = new ArrayList<>(violations);
        more.add(violation);
        return new Held(book, connected, List.copyOf(more), said, deadlineMillis);
    }

    Held withSaid(Frame frame) {
        List<Frame> more = new ArrayList<>(said);
        more.add(frame);
        return new Held(book, connected, violations, List.copyOf(more), deadlineMillis);
    }

    Held withDeadline(long millis) {
        return new Held(book, connected, violations, said, millis);
    }

    boolean knows(Violation violation) {
        return violations.stream()
                .anyMatch(v -> v.culprit().equals(violation.culprit()) && v.rule() == violation.rule());
    }
}
