package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * Proof of key possession on a new connection of a member, auditor or admin (answer to the server's challenge).
 *
 * @param group the group
 * @param server the server that is meant, so that the answer is of no use elsewhere
 * @param challenge the 32 bytes that the server sent
 * @param submits whether this is the connection that the member submits on (attached), not only a link
 * @param feedFrom index of the first transcript entry wanted
 */
public record Attach(GroupId group, PublicKey server, ByteString challenge, boolean submits, long feedFrom)
        implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "attach";

    /** Checks the fields. */
    public Attach {
        Fields.exactly("challenge", challenge, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
