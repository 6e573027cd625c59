package org.plainsong.server.hosting;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.server.net.Connection;
import org.plainsong.server.net.Problems;

/** The connections of one group: of members that have proven their key, and of peers. */
final class Links {
    private static final int PER_MEMBER = 4;

    private final Map<Long, MemberLink> members = new ConcurrentHashMap<>();
    private final Map<PublicKey, Connection> greeting = new HashMap<>();
    private final Map<PublicKey, Connection> peers = new HashMap<>();

    private record MemberLink(MemberId member, Connection connection) {}

    /** A member may have a few connections; beyond that the oldest makes room. */
    void enter(MemberId member, Connection connection) {
        members.put(connection.number(), new MemberLink(member, connection));
        List<MemberLink> own = members.values().stream()
                .filter(link -> link.member().equals(member))
                .toList();
        if (own.size() > PER_MEMBER) {
            own.stream()
                    .map(MemberLink::connection)
                    .min((a, b) -> Long.compare(a.number(), b.number()))
                    .ifPresent(oldest -> oldest.refuse(Problems.REPLACED));
        }
    }

    void leave(Connection connection) {
        members.remove(connection.number());
    }

    Optional<Connection> member(long number) {
        return Optional.ofNullable(members.get(number)).map(MemberLink::connection);
    }

    /** Sends one frame, encoded once, to every connection of every member. */
    void toMembers(Frame frame) {
        Collection<MemberLink> all = members.values();
        if (all.isEmpty()) {
            return;
        }
        ByteBuf encoded = Connection.encodeForMany(frame);
        for (MemberLink link : all) {
            link.connection().send(encoded.retainedDuplicate());
        }
        encoded.release();
    }

    /** Ends the connections of members that have no say any more. */
    void expel(Predicate<MemberId> stays) {
        for (MemberLink link : members.values()) {
            if (!stays.test(link.member())) {
                link.connection().refuse(Problems.ROSTER_CHANGED);
            }
        }
    }

    synchronized void greet(PublicKey peer, Connection connection) {
        greeting.put(peer, connection);
    }

    /** The connection is the peer's from now on; gives the one that was. */
    synchronized Optional<Connection> up(PublicKey peer, Connection connection) {
        return Optional.ofNullable(peers.put(peer, connection)).filter(before -> before != connection);
    }

    /** Whether the connection was the peer's, which has none now. */
    synchronized boolean down(PublicKey peer, Connection connection) {
        greeting.remove(peer, connection);
        return peers.remove(peer, connection);
    }

    /** Our hello goes to the connection that waits for it, everything else to the one that is up. */
    synchronized Optional<Connection> peer(PublicKey peer, Frame frame) {
        boolean hello = frame instanceof Frame.Statement(var packet)
                && packet.statement().message() instanceof PeerHello;
        Connection waiting = hello ? greeting.remove(peer) : null;
        return Optional.ofNullable(waiting != null ? waiting : peers.get(peer));
    }

    /** The peer's connection that is up. */
    synchronized Optional<Connection> peer(PublicKey peer) {
        return Optional.ofNullable(peers.get(peer));
    }

    /** Ends every connection. */
    void close(Frame.Problem reason) {
        List<Connection> all = new ArrayList<>();
        members.values().forEach(link -> all.add(link.connection()));
        synchronized (this) {
            all.addAll(peers.values());
            all.addAll(greeting.values());
        }
        all.forEach(connection -> connection.refuse(reason));
    }
}
