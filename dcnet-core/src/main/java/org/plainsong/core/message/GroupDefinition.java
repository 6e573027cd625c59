package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * The genesis of a group, signed by at least t admins and by every server; the SHA-256 of its payload is the group id (protocol §3).
 *
 * @param name what the members call the group, 1..100 bytes of UTF-8
 * @param purpose what it is for, 0..1000 bytes of UTF-8
 * @param nonce 32 random bytes
 * @param policy rules at the start
 * @param admins 1..16, ascending by key
 * @param threshold t: admins whose signatures a roster entry needs
 * @param servers 2..16, in the order of their numbers 1..M
 */
public record GroupDefinition(
        String name,
        String purpose,
        ByteString nonce,
        Policy policy,
        List<Admin> admins,
        int threshold,
        List<ServerEntry> servers)
        implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "group";

    /** Checks the fields. */
    public GroupDefinition {
        Fields.exactly("nonce", nonce, 32);
        admins = Fields.copy(admins);
        servers = Fields.copy(servers);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
