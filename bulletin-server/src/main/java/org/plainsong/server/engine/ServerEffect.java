package org.plainsong.server.engine;

import java.util.Optional;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.transcript.Entry;

/** What a {@link ServerNode} wants done; carried out in order. */
public sealed interface ServerEffect {
    /** Sends a frame to a peer if it is up; a frame to one that is not is dropped (the node sends again what matters). */
    record ToPeer(PublicKey peer, Frame frame) implements ServerEffect {}

    /** Sends a frame to one connection of a member. */
    record ToMember(MemberId member, long connection, Frame frame) implements ServerEffect {}

    /** Sends one frame to every connection of every member that is up: attached ones and links. */
    record ToMembers(Frame frame) implements ServerEffect {}

    /** Sends the stored entries from this index on to a member's connection, and every later {@link Publish} too. */
    record FeedMember(MemberId member, long connection, long from) implements ServerEffect {}

    /** Sends the stored entries from this index on to a peer, once. */
    record FeedPeer(PublicKey peer, long from) implements ServerEffect {}

    /** Writes durably, then answers with {@link ServerEvent.Stored}. Writes are carried out in order. */
    record Store(StoreWrite write, long ticket) implements ServerEffect {}

    /** An entry counts and is on disk: to all that are fed. */
    record Publish(Entry entry) implements ServerEffect {}

    /** Answers a handed in roster entry: empty is accepted, else what is wrong and what to do. */
    record RosterAnswer(long ticket, Optional<String> problem) implements ServerEffect {}

    /** Wants a {@link ServerEvent.Tick} at this time (Unix milliseconds) or soon after; replaces the wake asked for before. */
    record WakeAt(long millis) implements ServerEffect {}

    /** A line for the operator's log; names no member and no address. */
    record Notice(Level level, String text) implements ServerEffect {}

    /** The state for status, health and metrics has changed. */
    record Changed(ServerSnapshot snapshot) implements ServerEffect {}

    /** After {@link ServerEvent.Drain}: nothing is in hand any more. */
    record Drained() implements ServerEffect {}

    /** How much a notice matters. */
    enum Level {
        /** Good to know. */
        INFO,
        /** Somebody should look. */
        WARN
    }
}
