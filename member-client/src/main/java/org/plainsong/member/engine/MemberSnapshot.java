package org.plainsong.member.engine;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.Pseudonym;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;

/**
 * All that a screen or a command line shows of a member, at one moment. Immutable; making one copies no list.
 *
 * @param group the group
 * @param groupName its name
 * @param member who this is
 * @param connection how the servers are reached
 * @param place where in the transcript the member stands
 * @param crowd how many people a post would hide among
 * @param names own names of this epoch, in the order of their slots; empty outside of rounds
 * @param posts every post, in the order of arrival
 * @param privateTexts every private text that this member could open, in the order of arrival
 * @param outbox what the member said, oldest first, with what was published since the start
 */
public record MemberSnapshot(
        GroupId group,
        String groupName,
        MemberId member,
        Connection connection,
        Place place,
        Crowd crowd,
        List<OwnName> names,
        List<BoardPost> posts,
        List<PrivateText> privateTexts,
        List<OutboxView> outbox) {

    /** What the member is doing, from worst to best. */
    public enum State {
        /** No server is reached. */
        OFFLINE,
        /** A finding in the transcript, or its own removal, stops the member; {@link Connection#text} says what. */
        STOPPED,
        /** Entries of the transcript are still coming. */
        CATCHING_UP,
        /** Up to date, not in the running epoch; takes part from the next one. */
        WAITING_FOR_EPOCH,
        /** In the setup of an epoch. */
        ENROLLING,
        /** Submits in every round. */
        IN_ROUNDS
    }

    /**
     * How the servers are reached.
     *
     * @param state what the member is doing
     * @param linksUp servers with an open connection
     * @param servers servers of the group
     * @param attached name of the server it submits to, when it has one
     * @param text one sentence for people
     */
    public record Connection(State state, int linksUp, int servers, Optional<String> attached, String text) {}

    /**
     * Where in the transcript.
     *
     * @param entries entries applied
     * @param epoch number of the epoch, 0 before the first
     * @param round last round that counts, 0 for the opening record
     * @param attempt attempt that comes next
     * @param timeMillis time of the last record, Unix milliseconds, 0 before the first
     */
    public record Place(long entries, long epoch, long round, int attempt, long timeMillis) {}

    /**
     * The crowd, protocol §5.5.
     *
     * @param expected confirmed members that the next attempt expects
     * @param floor fewest of them with which it reveals
     * @param minimum the member's own minimum; the policy's unless set otherwise
     * @param participants participants of the last certified record, 0 before the first
     * @param holding why own posts are held back now
     */
    public record Crowd(int expected, int floor, int minimum, int participants, Optional<String> holding) {}

    /**
     * An own name of the epoch.
     *
     * @param slot its slot
     * @param pseudonym how everybody sees it
     * @param thread root of the thread that it was used in first; none while unused
     * @param open whether the slot is open now
     */
    public record OwnName(int slot, Pseudonym pseudonym, Optional<ContentId> thread, boolean open) {}

    /**
     * Where a content stands in the transcript.
     *
     * @param author name and colour of the slot
     * @param slotKey key of the slot
     * @param epoch number of the epoch
     * @param round round that completed it
     * @param entry index of the entry that completed it
     * @param timeMillis that record's time, Unix milliseconds
     */
    public record Origin(Pseudonym author, ByteString slotKey, long epoch, long round, long entry, long timeMillis) {}

    /**
     * A post.
     *
     * @param id its content id
     * @param post what it says
     * @param origin where it stands
     * @param own whether this member wrote it
     */
    public record BoardPost(ContentId id, Content.Post post, Origin origin, boolean own) {}

    /**
     * A private text that this member could open, or wrote.
     *
     * @param id content id of the sealed content
     * @param reply what it says
     * @param origin where it stands
     * @param own whether this member wrote it
     */
    public record PrivateText(ContentId id, Content.Reply reply, Origin origin, boolean own) {}

    /**
     * Something in the outbox.
     *
     * @param id its content id, for good
     * @param draft what the member said
     * @param bytes size of the content
     * @param state where it stands
     */
    public record OutboxView(ContentId id, Draft draft, int bytes, PostState state) {}
}
