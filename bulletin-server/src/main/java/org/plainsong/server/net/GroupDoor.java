package org.plainsong.server.net;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.server.engine.ServerEvent;

/** What the network edge needs of a group that this server hosts. Every method may be called from any thread and returns at once. */
public interface GroupDoor {
    /** The group. */
    GroupId group();

    /** This server's own key. */
    PublicKey self();

    /** The newest roster known here. */
    Roster roster();

    /** Checks signatures; remembers the keys of the roster. */
    SignatureCheck signatures();

    /** Hands an event to the thread that owns the protocol's state; {@code handled} runs on that thread afterwards. */
    void post(ServerEvent event, Runnable handled);

    /** A member has proven its key on this connection; its events may follow. */
    void enter(MemberId member, Connection connection);

    /** A member's connection is gone. */
    void leave(MemberId member, Connection connection);

    /** A peer's connection stands, its key may not be proven yet: only our own hello may be sent. */
    void greet(PublicKey peer, Connection connection, ByteString challenge);

    /** A peer has proven its key on this connection. An older connection of it is closed first. */
    void peerUp(PublicKey peer, Connection connection, Signed<org.plainsong.core.message.PeerHello> hello);

    /** A peer's connection is gone, greeted or up. */
    void peerDown(PublicKey peer, Connection connection);

    /** An auditor has proven its key: the entries from this index on, and every later one. */
    void feedAuditor(Connection connection, long from);

    /** Somebody hands in a roster entry; empty if it was accepted, else what was wrong. */
    CompletionStage<Optional<String>> submit(Signed<RosterEntry> entry);

    /** The public files. */
    Publication publication();
}
