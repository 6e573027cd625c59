package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * One link of the roster log, signed by at least t admins; its hash is the SHA-256 of its payload (protocol §3).
 *
 * @param group the group
 * @param index 1 for the first entry
 * @param prev hash of the entry before, the group id for the first
 * @param changes 1..256, applied in order
 */
public record RosterEntry(GroupId group, long index, ByteString prev, List<RosterChange> changes)
        implements Message.OfGroup {
    /** Type string. */
    public static final String TYPE = "roster";

    /** Checks the fields. */
    public RosterEntry {
        Fields.exactly("prev", prev, 32);
        changes = Fields.copy(changes);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
