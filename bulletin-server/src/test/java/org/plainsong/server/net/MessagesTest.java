package org.plainsong.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;

class MessagesTest {
    private static final int BINARY = 0x82;
    private static final FrameLimits LIMITS = new FrameLimits(4096, 1 << 20);

    private final ByteString entry = bytes(200_000, 1);
    private final byte[] message =
            Frames.encode(new Frame.EntryFrame(5, entry)).whole().toByteArray();

    @Test
    void aMessageComesOutAsItWasSentHoweverTheNetworkCutsIt() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 50; run++) {
            EmbeddedChannel channel = reader(LIMITS);
            byte[] wire = frame(BINARY, message, random.nextInt());
            for (int at = 0; at < wire.length; ) {
                int piece = Math.min(wire.length - at, 1 + random.nextInt(run < 10 ? 20 : 60_000));
                channel.writeInbound(Unpooled.copiedBuffer(wire, at, piece));
                at += piece;
            }
            assertThat(decoded(channel)).isEqualTo(new Frame.EntryFrame(5, entry));
        }
    }

    @Test
    void oneByteAtATimeIsEnough() throws Exception {
        EmbeddedChannel channel = reader(LIMITS);
        Frame challenge = new Frame.Challenge(bytes(32, 2));
        byte[] wire = frame(BINARY, Frames.encode(challenge).whole().toByteArray(), 0x01020304);
        for (int i = 0; i < 3; i++) {
            for (byte b : wire) {
                channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
            }
            assertThat(decoded(channel)).isEqualTo(challenge);
        }
    }

    @Test
    void severalMessagesInOnePieceComeOutOneByOne() throws Exception {
        EmbeddedChannel channel = reader(LIMITS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            all.writeBytes(frame(BINARY, message, i * 7919));
        }
        channel.writeInbound(Unpooled.wrappedBuffer(all.toByteArray()));
        for (int i = 0; i < 5; i++) {
            assertThat(decoded(channel)).isEqualTo(new Frame.EntryFrame(5, entry));
        }
    }

    @Test
    void fragmentsAreJoinedWithAPingBetweenThem() throws Exception {
        EmbeddedChannel channel = reader(LIMITS);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x02, slice(message, 0, 100), 11)));
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x89, new byte[] {1, 2, 3}, 12)));
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x00, slice(message, 100, 70_000), 13)));
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x80, slice(message, 70_000, message.length), 14)));

        PongWebSocketFrame pong = channel.readOutbound();
        assertThat(pong.content()).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
        pong.release();
        assertThat(decoded(channel)).isEqualTo(new Frame.EntryFrame(5, entry));
    }

    @Test
    void whatIsTooLongIsRefusedAtItsHeaderBeforeAnyOfItIsKept() {
        EmbeddedChannel channel = reader(FrameLimits.UNKNOWN_PEER);
        byte[] wire = frame(BINARY, message, 9);
        channel.writeInbound(Unpooled.copiedBuffer(wire, 0, 14));

        assertThat(closeCode(channel)).isEqualTo(1009);
    }

    @Test
    void fragmentsThatGrowTooLongTogetherAreRefused() {
        EmbeddedChannel channel = reader(FrameLimits.UNKNOWN_PEER);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x02, new byte[4000], 9)));
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x80, new byte[4000], 9)));

        assertThat(closeCode(channel)).isEqualTo(1009);
    }

    @Test
    void aPartAboveItsOwnLimitIsAFormatErrorThatNamesIt() {
        EmbeddedChannel channel = reader(new FrameLimits(4096, 100_000));
        byte[] long1 = Frames.encode(new Frame.EntryFrame(5, bytes(100_500, 1)))
                .whole()
                .toByteArray();
        channel.writeInbound(Unpooled.wrappedBuffer(frame(BINARY, long1, 9)));

        Object read = channel.readInbound();
        assertThat(read).isInstanceOf(FormatException.class);
    }

    @Test
    void whatTheStandardForbidsClosesTheConnection() {
        byte[] unmasked = {(byte) BINARY, 1, 7};
        byte[] text = frame(0x81, new byte[] {'a'}, 1);
        byte[] reserved = frame(0xC2, new byte[] {1}, 1);
        byte[] unknownControl = frame(0x8B, new byte[0], 1);
        byte[] fragmentedPing = frame(0x09, new byte[0], 1);
        byte[] longPing = frame(0x89, new byte[126], 1);
        byte[] continuationOfNothing = frame(0x80, new byte[] {1}, 1);
        byte[] longLength = {(byte) BINARY, (byte) 0xFE, 0, 5, 1, 2, 3, 4, 0, 0, 0, 0, 0};
        byte[] negativeLength = {(byte) BINARY, (byte) 0xFF, -1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        for (byte[] wire : new byte[][] {
            unmasked,
            text,
            reserved,
            unknownControl,
            fragmentedPing,
            longPing,
            continuationOfNothing,
            longLength,
            negativeLength
        }) {
            EmbeddedChannel channel = reader(LIMITS);
            channel.writeInbound(Unpooled.wrappedBuffer(wire));
            assertThat(closeCode(channel)).as(ByteString.of(wire).hex()).isEqualTo(1002);
        }
    }

    @Test
    void aNewMessageInTheMiddleOfAFragmentedOneClosesTheConnection() {
        EmbeddedChannel channel = reader(LIMITS);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(0x02, new byte[10], 9)));
        channel.writeInbound(Unpooled.wrappedBuffer(frame(BINARY, new byte[10], 9)));

        assertThat(closeCode(channel)).isEqualTo(1002);
    }

    @Test
    void aCloseIsAnsweredAndNothingAfterItIsRead() {
        EmbeddedChannel channel = reader(LIMITS);
        ByteBuf both = Unpooled.wrappedBuffer(frame(0x88, new byte[] {3, (byte) 0xE8}, 1), frame(BINARY, message, 2));
        channel.writeInbound(both);

        assertThat(closeCode(channel)).isEqualTo(1000);
        Object read = channel.readInbound();
        assertThat(read).isNull();
    }

    @Test
    void randomBytesEndInAResultOrAClosedConnection() {
        for (long seed = 0; seed < 2000; seed++) {
            EmbeddedChannel channel = reader(LIMITS);
            byte[] noise = new byte[200];
            new Random(seed).nextBytes(noise);
            if (seed % 2 == 0) {
                noise[0] = (byte) BINARY;
                noise[1] = (byte) (0x80 | (noise[1] & 0x3f));
            }
            channel.writeInbound(Unpooled.wrappedBuffer(noise));
            channel.finishAndReleaseAll();
        }
    }

    private static EmbeddedChannel reader(FrameLimits limits) {
        return new EmbeddedChannel(new Messages(true, limits));
    }

    private static Frame decoded(EmbeddedChannel channel) throws FormatException {
        Received received = channel.readInbound();
        return Frames.decode(received.head(), received.tail(), LIMITS);
    }

    private static int closeCode(EmbeddedChannel channel) {
        CloseWebSocketFrame close = channel.readOutbound();
        int code = close.statusCode();
        close.release();
        channel.advanceTimeBy(Problems.GRACE_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        return code;
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    /** A masked frame with this first byte. */
    private static byte[] frame(int first, byte[] payload, int mask) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(first);
        if (payload.length < 126) {
            out.writeByte(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            out.writeByte(0x80 | 127).writeLong(payload.length);
        }
        out.writeInt(mask);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static ByteString bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return ByteString.wrap(bytes);
    }
}
