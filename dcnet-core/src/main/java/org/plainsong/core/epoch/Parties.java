package org.plainsong.core.epoch;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;

/**
 * Who may speak in a setup, with the keys that sign.
 *
 * @param servers by number: server j at position j - 1
 * @param members the eligible members of the proposal
 */
public record Parties(List<PublicKey> servers, SortedMap<MemberId, PublicKey> members) {
    /** Copies both. */
    public Parties {
        servers = List.copyOf(servers);
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** M, the number of servers. */
    public int serverCount() {
        return servers.size();
    }

    /** The key of server j, from 1. */
    public PublicKey server(int j) {
        return servers.get(j - 1);
    }

    /** Whether this key is that of server j; false for a number that there is not. */
    public boolean isServer(int j, PublicKey key) {
        return j >= 1 && j <= servers.size() && server(j).equals(key);
    }

    /** Whether this key is that of an eligible member. */
    public boolean isMember(MemberId member, PublicKey key) {
        @Nullable PublicKey own = members.get(member);
        return key.equals(own);
    }
}
