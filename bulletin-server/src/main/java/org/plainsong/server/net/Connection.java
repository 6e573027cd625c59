package org.plainsong.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.Frame;
import org.plainsong.core.wire.FrameParts;
import org.plainsong.core.wire.Frames;

/**
 * The outgoing side of one WebSocket. What waits for the other side to read is counted in bytes; a reader that lets more wait than the limit is cut off, so
 * that one slow or hostile reader costs a bounded amount of memory. Any thread may send; what one thread sends arrives in its order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
public final class Connection {
    private static final long DRAINED_BELOW = 1 << 20;

    private final long number;
    private final Channel channel;
    private final long limit;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> onDrained = new AtomicReference<>();

    /**
     * A connection.
     *
     * @param number tells connections of one process apart
     * @param limit bytes that may wait
     */
    Connection(long number, Channel channel, long limit) {
        this.number = number;
        this.channel = channel;
        this.limit = limit;
    }

    /** Tells connections of one process apart. */
    public long number() {
        return number;
    }

    /** The bytes of a frame that goes to many connections: once, and where the TLS library reads them without a copy for each. */
    public static ByteBuf encodeForMany(Frame frame) {
        FrameParts parts = Frames.encode(frame);
        return ByteBufAllocator.DEFAULT
                .directBuffer(parts.size())
                .writeBytes(parts.head().unsafeArray())
                .writeBytes(parts.tail().unsafeArray());
    }

    private static ByteBuf encode(Frame frame) {
        return parts(Frames.encode(frame));
    }

    private static ByteBuf parts(FrameParts parts) {
        return Unpooled.wrappedBuffer(parts.head().unsafeArray(), parts.tail().unsafeArray());
    }

    /** Sends one frame. */
    public void send(Frame frame) {
        send(encode(frame));
    }

    /** Sends an encoded frame and takes the buffer over. */
    public void send(ByteBuf encoded) {
        int size = encoded.readableBytes();
        if (closing.get()) {
            encoded.release();
            return;
        }
        if (waiting.addAndGet(size) > limit) {
            waiting.addAndGet(-size);
            encoded.release();
            cutOff();
            return;
        }
        channel.writeAndFlush(new BinaryWebSocketFrame(encoded)).addListener(done -> written(size));
    }

    private void written(int size) {
        if (waiting.addAndGet(-size) < DRAINED_BELOW) {
            Runnable callback = onDrained.getAndSet(null);
            if (callback != null) {
                callback.run();
            }
        }
    }

    /** Whether little enough waits that more may be fetched for this reader. */
    public boolean hasRoom() {
        return waiting.get() < DRAINED_BELOW;
    }

    /** Calls once as soon as there is room, maybe at once. One caller at a time. */
    public void whenRoom(Runnable callback) {
        onDrained.set(callback);
        if (hasRoom()) {
            Runnable own = onDrained.getAndSet(null);
            if (own != null) {
                own.run();
            }
        }
    }

    /** Names the reason to the other side and closes. */
    public void refuse(Frame.Problem problem) {
        if (closing.compareAndSet(false, true)) {
            channel.write(new BinaryWebSocketFrame(encode(problem)));
            LastWord.say(channel, new CloseWebSocketFrame(WebSocketCloseStatus.POLICY_VIOLATION, problem.code()));
        }
    }

    /** A reader that does not read cannot be told for sure, and what waits for it is let go of at once. */
    private void cutOff() {
        refuse(Problems.SLOW_READER);
        channel.close();
    }

    /** Closes without a word. */
    public void close() {
        closing.set(true);
        channel.close();
    }

    /** Whether it is not being closed. */
    public boolean isOpen() {
        return !closing.get() && channel.isActive();
    }
}
