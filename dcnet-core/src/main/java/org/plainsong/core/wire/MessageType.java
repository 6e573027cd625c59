package org.plainsong.core.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.Submission;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;

/** Every message: its type string, its record and how many may sign it (formats, "Messages"). */
public enum MessageType {
    /** The genesis of a group: admins and servers sign. */
    GROUP(GroupDefinition.TYPE, GroupDefinition.class, Limits.SIGNATURES),
    /** A link of the roster log: admins sign. */
    ROSTER(RosterEntry.TYPE, RosterEntry.class, Limits.ADMINS),
    /** An operator's card. */
    SERVER_CARD(ServerCard.TYPE, ServerCard.class, 1),
    /** A member is there. */
    HELLO(Hello.TYPE, Hello.class, 1),
    /** Answer to a challenge by a client. */
    ATTACH(Attach.TYPE, Attach.class, 1),
    /** Answer to a challenge by a server. */
    PEER_HELLO(PeerHello.TYPE, PeerHello.class, 1),
    /** Proposes an epoch. */
    PROPOSAL(Proposal.TYPE, Proposal.class, 1),
    /** A server's keys for an epoch. */
    ANNOUNCEMENT(Announcement.TYPE, Announcement.class, 1),
    /** A member's part in an epoch. */
    ENROLMENT(Enrolment.TYPE, Enrolment.class, 1),
    /** The enrolments that a server holds. */
    ENROLMENT_SET(EnrolmentSet.TYPE, EnrolmentSet.class, 1),
    /** The enrolments whose tag is wrong. */
    ENROLMENT_CHECK(EnrolmentCheck.TYPE, EnrolmentCheck.class, 1),
    /** A member's answer to a complaint about its tag. */
    TAG_OPENING(TagOpening.TYPE, TagOpening.class, 1),
    /** The tag openings that a server holds. */
    TAG_OPENING_SET(TagOpeningSet.TYPE, TagOpeningSet.class, 1),
    /** Opens an epoch: servers sign. */
    OPENING_RECORD(OpeningRecord.TYPE, OpeningRecord.class, Limits.SERVERS),
    /** An item of a shuffle run that is not a setup. */
    SUBMISSION(Submission.TYPE, Submission.class, 1),
    /** A hop of a shuffle. */
    HOP(Hop.TYPE, Hop.class, 1),
    /** A server has seen the whole chain. */
    CHAIN_CHECK(ChainCheck.TYPE, ChainCheck.class, 1),
    /** What does not open at a hop. */
    DECLARATION(Declaration.TYPE, Declaration.class, 1),
    /** A member's word about the last list. */
    CONFIRMATION(Confirmation.TYPE, Confirmation.class, 1),
    /** The confirmations that a server holds. */
    CONFIRMATION_SET(ConfirmationSet.TYPE, ConfirmationSet.class, 1),
    /** A run ends unopened. */
    STOPPED(Stopped.TYPE, Stopped.class, 1),
    /** A server's inner seed. */
    INNER_SEED(InnerSeed.TYPE, InnerSeed.class, 1),
    /** From which inputs outputs came. */
    LINK(Link.TYPE, Link.class, 1),
    /** A member opens a submission. */
    OPENING(Opening.TYPE, Opening.class, 1),
    /** The openings that a server holds. */
    OPENING_SET(OpeningSet.TYPE, OpeningSet.class, 1),
    /** A member has lost a seed. */
    LOST_SEED(LostSeed.TYPE, LostSeed.class, 1),
    /** What a member signs of its ciphertext. */
    HEADER(Header.TYPE, Header.class, 1),
    /** What a server holds at the end of its window. */
    INVENTORY(Inventory.TYPE, Inventory.class, 1),
    /** A server's word for its share. */
    COMMITMENT(Commitment.TYPE, Commitment.class, 1),
    /** A server's share. */
    REVEAL(Reveal.TYPE, Reveal.class, 1),
    /** A certified round: servers sign. */
    RECORD(Record.TYPE, Record.class, Limits.SERVERS),
    /** A server gives up an attempt. */
    FAILED(Failed.TYPE, Failed.class, 1);

    private static final Map<String, MessageType> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageType::text, Function.identity()));
    private static final Map<Class<? extends Message>, MessageType> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.message, Function.identity()));

    private final String text;
    private final Class<? extends Message> message;
    private final int maxSignatures;

    MessageType(String text, Class<? extends Message> message, int maxSignatures) {
        this.text = text;
        this.message = message;
        this.maxSignatures = maxSignatures;
    }

    /** The type string of the envelope. */
    public String text() {
        return text;
    }

    /** The record that a payload of this type is decoded to. */
    public Class<? extends Message> message() {
        return message;
    }

    /** How many signatures an envelope of this type may carry; with one, its signer is the author. */
    public int maxSignatures() {
        return maxSignatures;
    }

    /** The type with this type string, if there is one. */
    public static Optional<MessageType> named(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** The type whose messages are these records. */
    static MessageType of(Class<? extends Message> message) {
        MessageType type = BY_CLASS.get(message);
        if (type == null) {
            throw new IllegalStateException(message.getName() + " is no message record");
        }
        return type;
    }
}
