package org.plainsong.server.net;

import java.util.Optional;

/** The groups of this process, and how it is. */
public interface Hosting {
    /** The group with this id in lower-case hex. */
    Optional<GroupDoor> door(String groupIdHex);

    /** Whether the process works: its answer for {@code /healthz}. */
    Health health();

    /** Whether every group can run rounds: the answer for {@code /readyz}, with what is not ready. */
    Health readiness();

    /**
     * A verdict on the process.
     *
     * @param good whether all is well
     * @param json what is not, as {@code application/health+json}; names no group, member or address
     */
    record Health(boolean good, String json) {}
}
