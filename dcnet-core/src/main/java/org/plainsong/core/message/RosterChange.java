package org.plainsong.core.message;

import org.plainsong.core.bytes.ByteString;

/** One change of the roster (protocol §3). On the wire: an array of the kind number and a map of the fields. */
public sealed interface RosterChange {
    /** Kind 1. Adds a member: id from group and key, its public keys and the name the group knows it by (0..64 bytes, may be empty). */
    record AddMember(MemberId member, PublicKey key, ByteString sealingKey, String name) implements RosterChange {}

    /** Kind 2. Keeps a member out of new epochs until reinstated. */
    record SuspendMember(MemberId member) implements RosterChange {}

    /** Kind 3. Removes a member for good; its id never comes back. */
    record RemoveMember(MemberId member) implements RosterChange {}

    /** Kind 4. Ends a suspension or the exclusion after a verdict. */
    record ReinstateMember(MemberId member) implements RosterChange {}

    /** Kind 5. Gives a member new keys: Ed25519 and X-Wing (1216 bytes). */
    record RotateKey(MemberId member, PublicKey key, ByteString sealingKey) implements RosterChange {}

    /** Kind 6. Adds a server, with the next number. */
    record AddServer(ServerEntry server) implements RosterChange {}

    /** Kind 7. Removes a server; names the last record that any remaining server has signed (protocol §4.2). */
    record RemoveServer(PublicKey server, RecordHash lastRecord) implements RosterChange {}

    /** Kind 8. Adds an admin and sets the threshold. */
    record AddAdmin(Admin admin, int threshold) implements RosterChange {}

    /** Kind 9. Removes an admin and sets the threshold. */
    record RemoveAdmin(PublicKey admin, int threshold) implements RosterChange {}

    /** Kind 10. Names an auditor who may read what only members see. */
    record AddAuditor(String name, PublicKey key) implements RosterChange {}

    /** Kind 11. Sets the rules anew. */
    record SetPolicy(Policy policy) implements RosterChange {}
}
