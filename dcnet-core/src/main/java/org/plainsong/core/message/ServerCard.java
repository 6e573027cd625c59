package org.plainsong.core.message;

/**
 * What an operator hands to those who make a group, signed by the server's key (protocol §3).
 *
 * @param server the entry to put into a definition
 */
public record ServerCard(ServerEntry server) implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "server-card";

    /** Checks the fields. */
    public ServerCard {}

    @Override
    public String type() {
        return TYPE;
    }
}
