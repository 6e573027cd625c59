package org.plainsong.core.anonymity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Policy;

/**
 * When a client holds its posts and goes on with cover (protocol §5.5). Immutable; the client hands in what each link of the chain says and asks before it fills its
 * slots.
 */
public final class ClientRules {
    /** How many of the last records the drop is measured against. */
    public static final int RECORDS_COMPARED = 20;

    private static final int PER_MILLE = 1000;

    private final int ownMinimum;
    private final Policy policy;
    private final List<Integer> lastExpected;

    private ClientRules(int ownMinimum, Policy policy, List<Integer> lastExpected) {
        this.ownMinimum = ownMinimum;
        this.policy = policy;
        this.lastExpected = List.copyOf(lastExpected);
    }

    /** Rules of a client at the start of an epoch; its own minimum is the group's unless its owner chose another. */
    public static ClientRules start(int ownMinimum, Policy policy) {
        return new ClientRules(ownMinimum, policy, List.of());
    }

    /** With another minimum of its own. */
    public ClientRules withOwnMinimum(int minimum) {
        return new ClientRules(minimum, policy, lastExpected);
    }

    /** A record (the opening record too) has been applied after which these are expected. */
    public ClientRules afterRecord(ByteString expectedNext) {
        List<Integer> counts = new ArrayList<>(lastExpected);
        counts.add(BitSets.count(expectedNext));
        return new ClientRules(
                ownMinimum, policy, counts.subList(Math.max(0, counts.size() - RECORDS_COMPARED), counts.size()));
    }

    /** Why posts are held in an attempt with these expected, empty if they may go out. */
    public Set<Hold> holds(ByteString expected) {
        Set<Hold> holds = EnumSet.noneOf(Hold.class);
        int now = BitSets.count(expected);
        if (ownMinimum > Floor.required(expected, policy)) {
            holds.add(Hold.FLOOR_BELOW_OWN_MINIMUM);
        }
        int largest = now;
        for (int before : lastExpected) {
            largest = Math.max(largest, before);
        }
        if ((long) (largest - now) * PER_MILLE > (long) policy.dropPermille() * largest) {
            holds.add(Hold.EXPECTED_DROPPED);
        }
        return holds;
    }

    /** As {@link #holds(ByteString)} for a post that some attempt may have carried already. */
    public Set<Hold> holds(ByteString expected, PostSet post) {
        Set<Hold> holds = holds(expected);
        if (post.mayHaveBeenRevealed() && post.and(expected).size() < Math.max(ownMinimum, policy.minParticipants())) {
            holds.add(Hold.SET_SHRUNK_BY_FAILED_ATTEMPT);
        }
        return holds;
    }

    /** Why a post is held. */
    public enum Hold {
        /** The next attempt could be revealed with fewer than this client's own minimum. Ends by itself. */
        FLOOR_BELOW_OWN_MINIMUM,
        /** The expected are fewer than before by more than the policy's share. Ends by itself. */
        EXPECTED_DROPPED,
        /** Attempts that may have been revealed leave too few possible authors of this post: its author decides. */
        SET_SHRUNK_BY_FAILED_ATTEMPT
    }
}
