package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.RecordHash;

/**
 * Which epoch number comes next, whose it is to propose, and which proposals may be signed (protocol §4, §4.1 steps 1 and 2). Holds the numbers that are used up
 * and the members that are set aside.
 */
final class Succession {
    private final SortedSet<MemberId> setAside = new TreeSet<>();
    private long used;

    Succession(long used) {
        this.used = used;
    }

    /** Highest number under which this server has signed something. */
    long used() {
        return used;
    }

    void use(long number) {
        used = Math.max(used, number);
    }

    /** The number that a new setup would have, given the highest that is known of others. */
    long next(long highestSeen) {
        return Math.max(used, highestSeen) + 1;
    }

    /** Number of the server that proposes this epoch. */
    static int proposerOf(long number, int servers) {
        return (int) (number % servers) + 1;
    }

    void setAside(SortedSet<MemberId> members) {
        setAside.addAll(members);
    }

    /** The member has opened what it was asked for, or its time has passed. */
    void readmit(MemberId member) {
        setAside.remove(member);
    }

    SortedSet<MemberId> setAside() {
        return new TreeSet<>(setAside);
    }

    /** Members that a proposal of this server names, ascending. */
    List<MemberId> eligible(Roster roster) {
        List<MemberId> eligible = new ArrayList<>(roster.eligible());
        eligible.removeAll(setAside);
        return eligible;
    }

    /**
     * Whether a proposal may be signed; empty if so, else what is wrong with it. A member that this server holds for set aside may stand in it (the proposer may
     * have been restarted since, or the member has answered); one that this server knows of nothing against may not be left out.
     */
    Optional<String> refusal(Proposal proposal, int from, int servers, Roster roster, RecordHash prev) {
        if (proposal.epoch() <= used) {
            return Optional.of("epoch number " + proposal.epoch() + " is used up; the next is " + (used + 1));
        }
        if (from != proposerOf(proposal.epoch(), servers)) {
            return Optional.of("epoch " + proposal.epoch() + " is not server " + from + "'s to propose");
        }
        if (!proposal.prev().equals(prev)) {
            return Optional.of("the proposal for epoch " + proposal.epoch()
                    + " names another link than the last that counts here");
        }
        List<MemberId> all = roster.eligible();
        if (!all.containsAll(proposal.eligible()) || !proposal.eligible().containsAll(eligible(roster))) {
            return Optional.of(
                    "the proposal for epoch " + proposal.epoch() + " does not name the members that the roster allows");
        }
        return Optional.empty();
    }
}
