package org.plainsong.core.wire;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Message;

/**
 * Payloads of all messages: a map whose key n is the n-th component of the record (protocol §2; formats, "Messages"). One value has one encoding: what
 * decodes gives the same bytes again.
 */
public final class MessageCodec {
    private static final int USUAL_PAYLOAD = 256;

    private MessageCodec() {}

    /** The payload of a message. */
    public static ByteString encode(Message message) {
        CborWriter out = new CborWriter(USUAL_PAYLOAD);
        switch (message) {
            case Message.OfGroup group -> GroupCodec.write(out, group);
            case Message.OfSetup setup -> SetupCodec.write(out, setup);
            case Message.OfShuffle shuffle -> ShuffleCodec.write(out, shuffle);
            case Message.OfAttempt attempt -> RoundCodec.write(out, attempt);
        }
        return out.toByteString();
    }

    /**
     * Reads a payload.
     *
     * @throws FormatException naming the field from the message's type on, such as {@code inventory.headers[3].payload.layout}
     */
    public static Message decode(MessageType type, ByteString payload) throws FormatException {
        try {
            return read(type, payload);
        } catch (FormatException e) {
            throw e.in(type.text());
        }
    }

    /** The same with fields named from the payload on. */
    static Message read(MessageType type, ByteString payload) throws FormatException {
        CborReader in = new CborReader(payload);
        Message message = read(type, in);
        in.end();
        return message;
    }

    private static Message read(MessageType type, CborReader in) throws FormatException {
        return switch (type) {
            case GROUP -> GroupCodec.definition(in);
            case ROSTER -> RosterCodec.entry(in);
            case SERVER_CARD -> GroupCodec.card(in);
            case HELLO -> GroupCodec.hello(in);
            case ATTACH -> GroupCodec.attach(in);
            case PEER_HELLO -> GroupCodec.peerHello(in);
            case PROPOSAL -> SetupCodec.proposal(in);
            case ANNOUNCEMENT -> SetupCodec.announcement(in);
            case ENROLMENT -> SetupCodec.enrolment(in);
            case ENROLMENT_SET -> SetupCodec.enrolmentSet(in);
            case ENROLMENT_CHECK -> SetupCodec.enrolmentCheck(in);
            case TAG_OPENING -> SetupCodec.tagOpening(in);
            case TAG_OPENING_SET -> SetupCodec.tagOpeningSet(in);
            case OPENING_RECORD -> SetupCodec.openingRecord(in);
            case SUBMISSION -> ShuffleCodec.submission(in);
            case HOP -> ShuffleCodec.hop(in);
            case CHAIN_CHECK -> ShuffleCodec.chainCheck(in);
            case DECLARATION -> ShuffleCodec.declaration(in);
            case CONFIRMATION -> ShuffleCodec.confirmation(in);
            case CONFIRMATION_SET -> ShuffleCodec.confirmationSet(in);
            case STOPPED -> TraceCodec.stopped(in);
            case INNER_SEED -> ShuffleCodec.innerSeed(in);
            case LINK -> TraceCodec.link(in);
            case OPENING -> TraceCodec.opening(in);
            case OPENING_SET -> TraceCodec.openingSet(in);
            case LOST_SEED -> TraceCodec.lostSeed(in);
            case HEADER -> RoundCodec.header(in);
            case INVENTORY -> RoundCodec.inventory(in);
            case COMMITMENT -> RoundCodec.commitment(in);
            case REVEAL -> RoundCodec.reveal(in);
            case RECORD -> RoundCodec.record(in);
            case FAILED -> RoundCodec.failed(in);
        };
    }
}
