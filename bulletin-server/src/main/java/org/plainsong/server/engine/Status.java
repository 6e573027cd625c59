package org.plainsong.server.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.BitSets;

/** Tells operators where a group stands. */
final class Status {
    private final Site site;
    private final EpochCycle cycle;

    Status(Site site, EpochCycle cycle) {
        this.site = site;
        this.cycle = cycle;
    }

    /** The state now. */
    ServerSnapshot snapshot(Optional<String> diskProblem) {
        @Nullable SetupInHand setup = cycle.setup().orElse(null);
        @Nullable RoundsInHand rounds = cycle.rounds().orElse(null);
        boolean inRounds = rounds != null && !rounds.isOver();
        ServerSnapshot.Phase phase = diskProblem.isPresent()
                ? ServerSnapshot.Phase.HALTED
                : setup != null
                        ? ServerSnapshot.Phase.SETUP
                        : inRounds ? ServerSnapshot.Phase.ROUNDS : ServerSnapshot.Phase.WAITING;
        return new ServerSnapshot(
                phase,
                setup != null ? setup.number() : site.chain().epochNumber(),
                rounds != null ? rounds.at().round() : 0,
                rounds != null ? rounds.at().attempt() : 0,
                site.chain().size(),
                site.chain().epoch().map(view -> BitSets.count(view.expected())).orElse(0),
                site.attendance.count(),
                site.peers.numbersUp(),
                waitingFor(setup, rounds),
                diskProblem.or(cycle::lastFailure),
                site.chain().timeMillis());
    }

    private Optional<String> waitingFor(@Nullable SetupInHand setup, @Nullable RoundsInHand rounds) {
        if (!site.peers.missing().isEmpty()) {
            return Optional.of("server " + String.join(", ", site.peers.missing()));
        }
        if (setup != null) {
            return setup.waitingFor();
        }
        if (rounds != null && !rounds.isOver()) {
            return rounds.waitingFor();
        }
        long number = cycle.succession().next(site.peers.highestNumberSeen());
        int proposer = Succession.proposerOf(number, site.peers.count());
        return proposer == site.peers.own()
                ? Optional.of("members: " + site.attendance.count() + " are here, "
                        + site.chain().roster().policy().minParticipants() + " are needed")
                : Optional.of("server " + site.peers.nameOf(proposer) + " to propose epoch " + number);
    }
}
