package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/**
 * A server's word for a proposal, with its fresh X-Wing public keys of 1216 bytes (protocol §4.1).
 *
 * @param epoch SHA-256 of the proposal's payload
 * @param server number 1..M
 * @param padKey for pads
 * @param outerKey for the onion's outer layers
 * @param innerKey for the onion's core
 */
public record Announcement(EpochId epoch, int server, ByteString padKey, ByteString outerKey, ByteString innerKey)
        implements Message.OfSetup {
    /** Type string. */
    public static final String TYPE = "announcement";

    /** Checks the fields. */
    public Announcement {}

    @Override
    public String type() {
        return TYPE;
    }
}
