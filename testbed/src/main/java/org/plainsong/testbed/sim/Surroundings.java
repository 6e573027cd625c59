package org.plainsong.testbed.sim;

import org.plainsong.core.message.SignatureCheck;

/** What every process of a run works with. */
record Surroundings(
        Scenario scenario,
        Group group,
        Timeline time,
        Network network,
        Faults faults,
        Trace trace,
        Triggers triggers,
        Invariants invariants,
        SignatureCheck check) {}
