package org.plainsong.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;

/**
 * Reads WebSocket messages (RFC 6455 §5) off the network buffers, each byte copied once into the array that it stays in. Only binary messages are spoken;
 * pings are answered, a close is answered, everything else that the standard forbids closes the connection. The limits are raised when the other side has
 * proven a key; memory grows with what has come, not with what a header announces. Gives {@link Received}, or a {@link FormatException} as its last message.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class Messages extends ChannelInboundHandlerAdapter implements WebSocketFrameDecoder {
    private static final int OPCODE_CONTINUATION = 0;
    private static final int OPCODE_BINARY = 2;
    private static final int OPCODE_CLOSE = 8;
    private static final int OPCODE_PING = 9;
    private static final int OPCODE_PONG = 10;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int MAX_HEADER = 14;
    private static final int MAX_CONTROL = 125;
    private static final int MASK_BYTES = 4;

    private final boolean fromClient;
    private FrameLimits limits;

    private final byte[] header = new byte[MAX_HEADER];
    private int headerHeld;
    private int headerNeeded = 2;

    private int opcode;
    private boolean lastFragment;
    private long frameLeft;
    private int maskAt;
    private byte[] mask = new byte[MASK_BYTES];

    private @Nullable Segment control;
    private @Nullable Segment prefix;
    private @Nullable Segment head;
    private @Nullable Segment tail;
    private @Nullable Segment fragments;
    private boolean dead;

    /**
     * A reader.
     *
     * @param fromClient whether the other side is the client, whose frames must be masked
     * @param limits of the frames in the messages
     */
    Messages(boolean fromClient, FrameLimits limits) {
        this.fromClient = fromClient;
        this.limits = limits;
    }

    /** From the next message on, these limits hold. On the event loop. */
    void limits(FrameLimits raised) {
        limits = raised;
    }

    /** The limits that hold. */
    FrameLimits limits() {
        return limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (!(received instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(received);
            return;
        }
        try {
            while (!dead && bytes.isReadable()) {
                if (headerHeld < headerNeeded) {
                    readHeader(ctx, bytes);
                } else {
                    readPayload(ctx, bytes);
                }
            }
        } catch (FormatException e) {
            dead = true;
            ctx.fireChannelRead(e);
        } finally {
            bytes.release();
        }
    }

    private void readHeader(ChannelHandlerContext ctx, ByteBuf bytes) {
        int take = Math.min(headerNeeded - headerHeld, bytes.readableBytes());
        bytes.readBytes(header, headerHeld, take);
        headerHeld += take;
        if (headerHeld == headerNeeded && headerNeeded == 2) {
            headerNeeded = 2 + lengthBytes() + ((header[1] & MASKED) != 0 ? MASK_BYTES : 0);
        }
        if (headerHeld == headerNeeded) {
            begin(ctx);
        }
    }

    private int lengthBytes() {
        return switch (header[1] & 0x7f) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    private void begin(ChannelHandlerContext ctx) {
        opcode = header[0] & 0x0f;
        lastFragment = (header[0] & FIN) != 0;
        frameLeft = announcedLength();
        if ((header[1] & MASKED) != 0) {
            mask = Arrays.copyOfRange(header, headerNeeded - MASK_BYTES, headerNeeded);
        }
        maskAt = 0;
        String wrong = wrongHeader();
        long before = fragments == null ? 0 : fragments.held();
        if (wrong != null) {
            refuse(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, wrong);
        } else if (opcode < OPCODE_CLOSE && frameLeft > limits.maxFrame() - before) {
            refuse(
                    ctx,
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "at most " + limits.maxFrame() + " bytes are taken here and now");
        } else {
            prepare();
            if (frameLeft == 0) {
                endFrame(ctx);
            }
        }
    }

    private long announcedLength() {
        int bytes = lengthBytes();
        if (bytes == 0) {
            return header[1] & 0x7f;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (header[2 + i] & 0xff);
        }
        return length;
    }

    /** A message in one piece is divided as it comes; one in fragments, whose size nobody knows before its end, afterwards. */
    private void prepare() {
        if (opcode >= OPCODE_CLOSE) {
            control = new Segment((int) frameLeft);
        } else if (opcode == OPCODE_BINARY && lastFragment) {
            prefix = new Segment((int) Math.min(frameLeft, Frames.PREFIX_SIZE));
        } else if (opcode == OPCODE_BINARY) {
            fragments = new Segment(limits.maxFrame());
        }
    }

    private @Nullable String wrongHeader() {
        int bytes = lengthBytes();
        if ((header[0] & RESERVED) != 0) {
            return "a reserved bit is set";
        }
        if (((header[1] & MASKED) != 0) != fromClient) {
            return fromClient ? "a frame without mask" : "a frame with a mask";
        }
        boolean longForm = (bytes == 2 && frameLeft <= MAX_CONTROL) || (bytes == 8 && frameLeft <= 0xffff);
        if (frameLeft < 0 || longForm) {
            return "a length that is not in its shortest form";
        }
        if (opcode >= OPCODE_CLOSE) {
            return opcode <= OPCODE_PONG && lastFragment && frameLeft <= MAX_CONTROL
                    ? null
                    : "a control frame that is not allowed";
        }
        if (opcode != OPCODE_BINARY && opcode != OPCODE_CONTINUATION) {
            return "only binary messages are spoken here";
        }
        return (opcode == OPCODE_CONTINUATION) == (fragments != null) ? null : "a fragment out of order";
    }

    private void readPayload(ChannelHandlerContext ctx, ByteBuf bytes) throws FormatException {
        Segment target = target();
        int take = (int) Math.min(Math.min(frameLeft, bytes.readableBytes()), target.missing());
        target.read(bytes, take);
        if (fromClient) {
            target.unmaskLast(take, mask, maskAt);
            maskAt = maskAt + take & 3;
        }
        frameLeft -= take;
        if (target == prefix && target.missing() == 0) {
            divide(target);
        }
        if (frameLeft == 0) {
            endFrame(ctx);
        }
    }

    private Segment target() {
        if (opcode >= OPCODE_CLOSE) {
            return present(control);
        }
        if (fragments != null) {
            return fragments;
        }
        if (prefix != null) {
            return prefix;
        }
        return present(head).missing() > 0 ? present(head) : present(tail);
    }

    private static Segment present(@Nullable Segment segment) {
        if (segment == null) {
            throw new IllegalStateException("bytes of a frame without its beginning");
        }
        return segment;
    }

    private void divide(Segment first) throws FormatException {
        int size = Math.toIntExact(first.held() + frameLeft);
        int headSize = Frames.headSize(ByteString.wrap(first.copy()), size, limits);
        head = new Segment(headSize);
        tail = new Segment(size - headSize);
        int inHead = Math.min(first.held(), headSize);
        byte[] held = first.copy();
        head.append(held, inHead);
        tail.append(Arrays.copyOfRange(held, inHead, held.length), held.length - inHead);
        prefix = null;
    }

    private void endFrame(ChannelHandlerContext ctx) {
        headerHeld = 0;
        headerNeeded = 2;
        switch (opcode) {
            case OPCODE_PING ->
                ctx.writeAndFlush(new PongWebSocketFrame(
                        ctx.alloc().buffer().writeBytes(present(control).copy())));
            case OPCODE_PONG -> {
                // That bytes came is what the keep-alive looks at.
            }
            case OPCODE_CLOSE -> {
                dead = true;
                ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                        .addListener(done -> ctx.close());
            }
            default -> {
                if (lastFragment) {
                    deliver(ctx);
                }
            }
        }
    }

    private void deliver(ChannelHandlerContext ctx) {
        try {
            Received message;
            if (fragments != null) {
                ByteString whole = fragments.finish();
                int size = whole.size();
                int headSize = Frames.headSize(whole.slice(0, Math.min(size, Frames.PREFIX_SIZE)), size, limits);
                message = new Received(whole.slice(0, headSize), whole.slice(headSize, size));
            } else {
                if (prefix != null) {
                    divide(prefix);
                }
                message = new Received(present(head).finish(), present(tail).finish());
            }
            fragments = null;
            ctx.fireChannelRead(message);
        } catch (FormatException e) {
            dead = true;
            ctx.fireChannelRead(e);
        }
    }

    private void refuse(ChannelHandlerContext ctx, WebSocketCloseStatus status, String why) {
        dead = true;
        LastWord.say(ctx.channel(), new CloseWebSocketFrame(status, why));
    }
}
