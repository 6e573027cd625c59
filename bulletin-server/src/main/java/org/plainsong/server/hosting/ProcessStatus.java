package org.plainsong.server.hosting;

import java.util.List;

/**
 * What {@code plainsong server status} shows of a process.
 *
 * @param listening address and port
 * @param connections open now
 * @param refused turned away since the start for want of room
 * @param freeBytes on the disk
 * @param hybridTls whether X25519MLKEM768 is offered
 * @param groups each group that it hosts
 */
public record ProcessStatus(
        String listening, int connections, int refused, long freeBytes, boolean hybridTls, List<GroupStatus> groups) {
    /** Copies the list. */
    public ProcessStatus {
        groups = List.copyOf(groups);
    }
}
