package org.plainsong.core.verdict;

import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;

/** A party that evidence convicts. */
public sealed interface Culprit {
    /** A member, by its id. */
    record OfMember(MemberId member) implements Culprit {}

    /** A server, by its signing key, which stays the same when numbers change. */
    record OfServer(PublicKey server) implements Culprit {}
}
