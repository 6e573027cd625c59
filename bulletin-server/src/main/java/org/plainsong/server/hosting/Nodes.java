package org.plainsong.server.hosting;

import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.WireEncoding;
import org.plainsong.server.engine.NodeIdentity;
import org.plainsong.server.engine.ServerNode;

/** Makes the real nodes. */
public final class Nodes {
    private Nodes() {}

    /** Nodes that sign with this key. */
    public static Surroundings.NodeMaker of(Ed25519.SigningKey key, Randomness random, ParallelWork work) {
        WireSigner signer = new WireSigner(key);
        return (group, check, stored) -> new ServerNode(
                new NodeIdentity(group, signer, check), stored, random, work, new WireEncoding())::handle;
    }
}
