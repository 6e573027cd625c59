package org.plainsong.testbed.sim;

import java.util.HashSet;
import java.util.Set;

/** Protocol §9.8, one half: nobody is told of one content twice. The other half, that everything arrives, is looked at when a run ends. */
final class ContentsArriveOnce implements Invariant {
    private final Set<String> told = new HashSet<>();

    @Override
    public void observe(Observation what) {
        if (what instanceof Observation.Arrived arrived
                && !told.add(arrived.party() + " " + arrived.id().hex())) {
            throw new InvariantBroken("protocol 9.8", arrived.party() + " is told twice of " + arrived.id());
        }
    }
}
