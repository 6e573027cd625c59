package org.plainsong.audit;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/**
 * The group that is audited: what an auditor has from somebody they trust, and the only thing they have to trust (protocol §3).
 *
 * @param id the group's id
 * @param servers the servers that the definition names, for their addresses and TLS pins; none if only the id is known
 */
public record GroupReference(GroupId id, List<ServerEntry> servers) {
    /** Copies the list. */
    public GroupReference {
        servers = List.copyOf(servers);
    }

    /** The group with this id. */
    public static GroupReference ofId(GroupId id) {
        return new GroupReference(id, List.of());
    }

    /**
     * The group of this definition's envelope. Its signatures are checked where the transcript is: they stand in its first entry.
     *
     * @throws FormatException if the bytes are no definition
     */
    public static GroupReference ofDefinition(ByteString envelope) throws FormatException {
        Signed<GroupDefinition> definition = Envelopes.decode(envelope, GroupDefinition.class);
        return new GroupReference(
                Roster.groupId(definition), definition.message().servers());
    }
}
