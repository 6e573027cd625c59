package org.plainsong.server.hosting;

import java.util.concurrent.Executor;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.server.engine.StoredState;

/**
 * What the groups of a process share.
 *
 * @param key the server's own
 * @param nodes makes a node
 * @param reading threads that may wait for the disk
 * @param minFreeBytes free space on the disk below which nothing is written
 */
public record Surroundings(Ed25519.SigningKey key, NodeMaker nodes, Executor reading, long minFreeBytes) {
    /** Makes a node from what the disk holds, whose entries it reads once. */
    @FunctionalInterface
    public interface NodeMaker {
        /** The node. */
        NodePort create(GroupId group, SignatureCheck check, StoredState stored);
    }
}
