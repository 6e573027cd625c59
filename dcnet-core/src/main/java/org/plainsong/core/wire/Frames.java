package org.plainsong.core.wire;

import java.nio.ByteBuffer;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;

/**
 * Frames, the binary messages of a connection (formats, "Frames"): a kind byte and what belongs to it. A frame is a head and a tail; the tail holds what may
 * be large (the body of a statement, an entry) and is never copied here.
 *
 * <p>A driver that has a frame in a buffer of its own asks {@link #headSize} with the first bytes, copies head and tail into arrays, and hands both to {@link
 * #decode(ByteString, ByteString, FrameLimits)}.
 */
public final class Frames {
    /** From this many bytes, or all where there are fewer, the size of the head can be told. */
    public static final int PREFIX_SIZE = 9;

    static final int CHALLENGE = 0x01;
    static final int STATEMENT = 0x02;
    static final int ENTRY = 0x03;
    static final int FETCH = 0x04;
    static final int PROBLEM = 0x05;
    static final int LEAVES = 0x06;
    static final int SETUP = 0x07;

    private static final int STATEMENT_PREFIX = 1 + Integer.BYTES;
    private static final int ENTRY_PREFIX = 1 + Long.BYTES;

    private Frames() {}

    /** The bytes of a frame. */
    public static FrameParts encode(Frame frame) {
        return switch (frame) {
            case Frame.Challenge f -> new FrameParts(ByteString.concat(kind(CHALLENGE), f.value()), ByteString.EMPTY);
            case Frame.Statement f -> statement(f.packet());
            case Frame.EntryFrame f ->
                new FrameParts(
                        ByteString.wrap(ByteBuffer.allocate(ENTRY_PREFIX)
                                .put((byte) ENTRY)
                                .putLong(f.index())
                                .array()),
                        f.bytes());
            case Frame.Fetch f -> small(FETCH, f, FrameBodies::write);
            case Frame.Problem f -> small(PROBLEM, f, FrameBodies::write);
            case Frame.Leaves f -> small(LEAVES, f, FrameBodies::write);
            case Frame.SetupOffer f -> small(SETUP, f, FrameBodies::write);
        };
    }

    private static FrameParts statement(Packet<?> packet) {
        ByteString envelope = Envelopes.encode(packet.statement());
        ByteBuffer head = ByteBuffer.allocate(STATEMENT_PREFIX + envelope.size());
        head.put((byte) STATEMENT).putInt(envelope.size()).put(envelope.unsafeArray());
        return new FrameParts(ByteString.wrap(head.array()), packet.body());
    }

    private static <F extends Frame> FrameParts small(int kind, F frame, FieldWriter.Item<F> body) {
        CborWriter out = new CborWriter();
        out.raw(kind(kind));
        body.write(out, frame);
        return new FrameParts(out.toByteString(), ByteString.EMPTY);
    }

    private static ByteString kind(int kind) {
        return ByteString.of((byte) kind);
    }

    /**
     * Bytes of the head of a frame.
     *
     * @param prefix the first {@link #PREFIX_SIZE} bytes of the frame, or all if it has fewer
     * @param frameSize bytes of the whole frame
     * @throws FormatException if the frame cannot be divided or a part is above its limit
     */
    public static int headSize(ByteString prefix, int frameSize, FrameLimits limits) throws FormatException {
        int needed = switch (kindOf(prefix)) {
            case STATEMENT -> STATEMENT_PREFIX;
            case ENTRY -> ENTRY_PREFIX;
            default -> 1;
        };
        if (prefix.size() < needed) {
            throw new FormatException("frame", "ends after " + prefix.size() + " bytes");
        }
        long head = switch (prefix.at(0)) {
            case STATEMENT ->
                STATEMENT_PREFIX + (long) ByteBuffer.wrap(prefix.unsafeArray()).getInt(1);
            case ENTRY -> ENTRY_PREFIX;
            default -> frameSize;
        };
        if (head < needed || head > limits.maxHead()) {
            throw new FormatException("frame.envelope", "at most " + limits.maxHead() + " bytes allowed");
        }
        if (head > frameSize) {
            throw new FormatException("frame.envelope", "ends after " + (frameSize - needed) + " bytes");
        }
        if (frameSize - head > limits.maxTail()) {
            throw new FormatException(
                    "frame.body", (frameSize - head) + " bytes, at most " + limits.maxTail() + " allowed");
        }
        return (int) head;
    }

    /**
     * Reads a frame in one piece.
     *
     * @throws FormatException naming the field
     */
    public static Frame decode(ByteString frame, FrameLimits limits) throws FormatException {
        int head = headSize(frame.size() <= PREFIX_SIZE ? frame : frame.slice(0, PREFIX_SIZE), frame.size(), limits);
        return decode(frame.slice(0, head), frame.slice(head, frame.size()), limits);
    }

    /**
     * Reads a frame whose head and tail have been divided by {@link #headSize}; the tail becomes part of the result without a copy.
     *
     * @throws FormatException naming the field
     */
    public static Frame decode(ByteString head, ByteString tail, FrameLimits limits) throws FormatException {
        int size = Math.addExact(head.size(), tail.size());
        if (headSize(head, size, limits) != head.size()) {
            throw new FormatException("frame", "divided at the wrong place");
        }
        return switch (kindOf(head)) {
            case CHALLENGE -> challenge(head);
            case STATEMENT -> {
                Signed<? extends Message> statement = Envelopes.decode(head.slice(STATEMENT_PREFIX, head.size()));
                yield new Frame.Statement(new Packet<>(statement, tail));
            }
            case ENTRY -> entry(head, tail);
            case FETCH -> body(head, "fetch", FrameBodies::fetch);
            case PROBLEM -> body(head, "problem", FrameBodies::problem);
            case LEAVES -> body(head, "leaves", FrameBodies::leaves);
            case SETUP -> body(head, "setup", FrameBodies::setup);
            default -> throw new IllegalStateException("frame kind " + head.at(0) + " was let through");
        };
    }

    private static Frame challenge(ByteString head) throws FormatException {
        if (head.size() != 1 + Frame.Challenge.SIZE) {
            throw new FormatException("challenge", (head.size() - 1) + " bytes, must be " + Frame.Challenge.SIZE);
        }
        return new Frame.Challenge(head.slice(1, head.size()));
    }

    private static Frame entry(ByteString head, ByteString tail) throws FormatException {
        long index = ByteBuffer.wrap(head.unsafeArray()).getLong(1);
        if (index < 0 || index > Limits.NUMBER) {
            throw new FormatException("entry.index", "more than " + Limits.NUMBER);
        }
        return new Frame.EntryFrame(index, tail);
    }

    private static <F extends Frame> F body(ByteString head, String name, FieldReader.Item<F> item)
            throws FormatException {
        CborReader in = new CborReader(head.unsafeArray(), 1, head.size() - 1);
        try {
            F frame = item.read(in);
            in.end();
            return frame;
        } catch (FormatException e) {
            throw e.in(name);
        }
    }

    private static int kindOf(ByteString prefix) throws FormatException {
        if (prefix.isEmpty()) {
            throw new FormatException("frame", "empty");
        }
        int kind = prefix.at(0) & 0xff;
        if (kind < CHALLENGE || kind > SETUP) {
            throw new FormatException("frame.kind", kind + " is no kind of frame");
        }
        return kind;
    }
}
