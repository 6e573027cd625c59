package org.plainsong.testbed.sim;

import java.util.List;
import org.plainsong.core.message.SignatureCheck;

/** All that must never happen, looked at after every event (protocol §9). */
final class Invariants {
    private final List<Invariant> all;
    private final ReferenceChain chain;

    Invariants(Group group, SignatureCheck check) {
        chain = new ReferenceChain(check);
        all = List.of(
                new NoBug(),
                chain,
                new OneStatementForEachKey(group),
                new NoRevealBelowTheFloor(group, chain),
                new CompleteRecordsOnly(chain),
                new InnerSeedsGuarded(group),
                new NobodyConvicted(),
                new ContentsArriveOnce(),
                new NobodyNamedInNotices(group));
    }

    void observe(Observation what) {
        for (Invariant each : all) {
            each.observe(what);
        }
    }

    /** What everybody must agree on. */
    ReferenceChain chain() {
        return chain;
    }

    /** An exception out of a node is a bug of ours whatever came from the network. */
    private static final class NoBug implements Invariant {
        @Override
        public void observe(Observation what) {
            if (what instanceof Observation.Failed(String party, RuntimeException bug)) {
                throw new InvariantBroken("no bug", party + ": " + bug, bug);
            }
        }
    }
}
