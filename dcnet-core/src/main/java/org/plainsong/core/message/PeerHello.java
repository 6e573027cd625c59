package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * The same between servers, with what the other must know after a restart (protocol §4.2).
 *
 * @param group the group
 * @param server the server that is meant
 * @param challenge the 32 bytes that it sent
 * @param signsAbove signs nothing new under epoch numbers up to this one, 0 if it has signed none; after a restart its last number
 * @param epoch number of the epoch in which it holds secrets, 0 for none
 * @param entries number of transcript entries it holds
 * @param last the last link of the chain it holds
 */
public record PeerHello(
        GroupId group,
        PublicKey server,
        ByteString challenge,
        long signsAbove,
        long epoch,
        long entries,
        RecordHash last)
        implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "peer-hello";

    /** Checks the fields. */
    public PeerHello {
        Fields.exactly("challenge", challenge, 32);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
