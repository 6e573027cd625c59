package org.plainsong.core.group;

import java.util.Optional;

/** What came of a definition or a roster entry. */
public sealed interface RosterOutcome {
    /** It holds, and this is the roster from here on. */
    record Accepted(Roster roster) implements RosterOutcome {}

    /** It breaks a rule; the roster stays as it was. */
    record Refused(GroupProblem problem) implements RosterOutcome {}

    /** The new roster, if it was accepted. */
    default Optional<Roster> accepted() {
        return this instanceof Accepted accepted ? Optional.of(accepted.roster()) : Optional.empty();
    }

    /** The problem, if it was refused. */
    default Optional<GroupProblem> refused() {
        return this instanceof Refused refused ? Optional.of(refused.problem()) : Optional.empty();
    }
}
