package org.plainsong.testbed.sim;

/** Something that must never happen (protocol §9), looked for in all that processes do. */
interface Invariant {
    /** Looks at what a process has just done; throws {@link InvariantBroken} if it must not. */
    void observe(Observation what);
}
