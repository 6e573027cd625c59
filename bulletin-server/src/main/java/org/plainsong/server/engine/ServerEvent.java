package org.plainsong.server.engine;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;

/**
 * What can happen to a {@link ServerNode}. The driver has decoded the frames and checked that the outer signatures of every statement are good; whether the
 * signer may say it is the node's to judge.
 */
public sealed interface ServerEvent {
    /** The first event: the process runs. */
    record Started() implements ServerEvent {}

    /** A time asked for by {@link ServerEffect.WakeAt} has come; extra ticks do no harm. */
    record Tick() implements ServerEvent {}

    /** A connection to a peer stands, it sent its challenge and waits for our {@link PeerHello}. */
    record PeerChallenged(PublicKey peer, ByteString challenge) implements ServerEvent {}

    /** A peer has proven its key on a connection; from now on {@link ServerEffect.ToPeer} reaches it. */
    record PeerUp(PublicKey peer, Signed<PeerHello> hello) implements ServerEvent {}

    /** The connection to a peer is gone. */
    record PeerDown(PublicKey peer) implements ServerEvent {}

    /** A statement from a peer, its own or one that it passes on. */
    record FromPeer(PublicKey peer, Packet<?> packet) implements ServerEvent {}

    /** A transcript entry from a peer's feed. */
    record EntryFromPeer(PublicKey peer, Entry entry) implements ServerEvent {}

    /** A peer asks for something. */
    record PeerAsks(PublicKey peer, Frame.Fetch what) implements ServerEvent {}

    /** A member has proven its key on a connection. */
    record MemberUp(MemberId member, long connection, Attach attach) implements ServerEvent {}

    /** A member's connection is gone. */
    record MemberDown(MemberId member, long connection) implements ServerEvent {}

    /** A statement from a member; for a header the driver has also checked the tree root of the body. */
    record FromMember(MemberId member, long connection, Packet<?> packet) implements ServerEvent {}

    /** A member asks for something. */
    record MemberAsks(MemberId member, long connection, Frame.Fetch what) implements ServerEvent {}

    /** Somebody hands in a roster entry; answered by {@link ServerEffect.RosterAnswer} with the same ticket. */
    record RosterSubmitted(Signed<RosterEntry> entry, long ticket) implements ServerEvent {}

    /** What was handed over with {@link ServerEffect.Store} and this ticket is on disk. */
    record Stored(long ticket) implements ServerEvent {}

    /** It could not be written; nothing is certified until it is. */
    record StoreFailed(long ticket, String reason) implements ServerEvent {}

    /** The process is to stop: finish the round in hand, start none. */
    record Drain() implements ServerEvent {}
}
