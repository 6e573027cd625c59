package org.plainsong.testbed.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;

/**
 * Protocol §9.6: inner shuffle seeds come out only when all servers have signed what they hold of confirmations, with no <i>missing</i> among them and enough
 * <i>ok</i>; and nobody opens anything of a run in which one is out.
 */
final class InnerSeedsGuarded implements Invariant {
    private final int servers;
    private final int minimum;
    private final Map<RunId, Map<Integer, ConfirmationSet>> sets = new HashMap<>();
    private final Set<RunId> out = new HashSet<>();

    InnerSeedsGuarded(Group group) {
        servers = group.servers.size();
        minimum = group.definition.message().policy().minParticipants();
    }

    @Override
    public void observe(Observation what) {
        if (what instanceof Observation.Said(String party, Frame frame)
                && frame instanceof Frame.Statement(var packet)) {
            switch (packet.statement().message()) {
                case ConfirmationSet set ->
                    sets.computeIfAbsent(set.run(), run -> new HashMap<>()).put(set.server(), set);
                case InnerSeed seed -> check(party, seed);
                case Opening opening
                when party.startsWith("m") && out.contains(opening.run()) ->
                    throw new InvariantBroken(
                            "protocol 9.6", party + " opens something of a run whose inner seeds are out");
                default -> {}
            }
        }
    }

    private void check(String party, InnerSeed seed) {
        Map<Integer, ConfirmationSet> of = sets.getOrDefault(seed.run(), Map.of());
        Set<MemberId> good = new HashSet<>();
        for (ConfirmationSet set : of.values()) {
            for (Signed<Confirmation> each : set.confirmations()) {
                if (!each.message().ok()) {
                    throw new InvariantBroken("protocol 9.6", party + " reveals an inner seed after a missing");
                }
                good.add(each.message().member());
            }
        }
        if (of.size() != servers || good.size() < minimum) {
            throw new InvariantBroken(
                    "protocol 9.6",
                    party + " reveals an inner seed with " + of.size() + " sets and " + good.size() + " confirmations");
        }
        out.add(seed.run());
    }
}
