package org.plainsong.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.TestGroup;

/** One side of a WebSocket that says whatever a test wants it to say. */
@SuppressWarnings("FutureReturnValueIgnored") // a test waits for what comes back
public final class TestClient implements AutoCloseable {
    private static final int MAX = 1 << 26;
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("test-client-", 0).factory(), NioIoHandler.newFactory());

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> open = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Channel channel;

    private TestClient(int port, ByteString pin, String path) {
        URI uri = URI.create("wss://127.0.0.1:" + port + path);
        WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                uri, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), MAX);
        channel = new Bootstrap()
                .group(LOOPS)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(PinnedTls.client(pin).newHandler(opened.alloc(), "127.0.0.1", port))
                                .addLast("beneath", new ChannelInboundHandlerAdapter())
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(65_536))
                                .addLast(new Side(handshaker));
                    }
                })
                .connect("127.0.0.1", port)
                .channel();
        channel.closeFuture().addListener(done -> {
            open.complete(false);
            closed.complete("");
        });
    }

    /** Connects to the WebSocket of a group; whether that worked shows in {@link #isOpen()}. */
    public static TestClient connect(int port, ByteString pin, TestGroup group) {
        return new TestClient(port, pin, "/g/" + group.id().value().hex() + "/ws");
    }

    /** Connects and proves the key, after which the member is attached. */
    public static TestClient attach(int port, ByteString pin, TestGroup group, int server, Ed25519.SigningKey key)
            throws Exception {
        TestClient client = connect(port, pin, group);
        client.send(
                new Attach(group.id(), TestGroup.publicKey(group.serverKeys.get(server)), client.challenge(), true, 0),
                key);
        return client;
    }

    /** The next frame, which must be the challenge. */
    public ByteString challenge() throws Exception {
        return ((Frame.Challenge) next()).value();
    }

    /** Whether the WebSocket stands. */
    public boolean isOpen() throws Exception {
        return open.get(20, TimeUnit.SECONDS);
    }

    /** The next frame. */
    public Frame next() throws Exception {
        Frame frame = frames.poll(20, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came");
        }
        return frame;
    }

    /** Code of the next frame, which must be a problem. */
    public String problem() throws Exception {
        Frame frame = next();
        if (frame instanceof Frame.Problem problem) {
            return problem.code();
        }
        throw new AssertionError("a problem was expected, not " + frame);
    }

    /** Waits for the end of the connection; the text of its close frame, or an empty one. */
    public String closed() throws Exception {
        String reason = closed.get(20, TimeUnit.SECONDS);
        channel.closeFuture().await(20, TimeUnit.SECONDS);
        return reason;
    }

    /** Sends a signed statement. */
    public <M extends Message> void send(M message, Ed25519.SigningKey key) {
        send(new Frame.Statement(Packet.of(new WireSigner(key).sign(message))));
    }

    /** Sends a frame. */
    public void send(Frame frame) {
        sendMessage(Frames.encode(frame).whole().toByteArray());
    }

    /** Sends a binary message with these bytes. */
    public void sendMessage(byte[] bytes) {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    /** Sends bytes beneath WebSocket, just so. */
    public void sendRaw(byte[] bytes) {
        ByteBuf raw = Unpooled.wrappedBuffer(bytes);
        channel.pipeline().context("beneath").writeAndFlush(raw);
    }

    /** Reads nothing any more. */
    public void stopReading() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void close() {
        channel.close();
    }

    private final class Side extends ChannelInboundHandlerAdapter {
        private final WebSocketClientHandshaker handshaker;

        Side(WebSocketClientHandshaker handshaker) {
            this.handshaker = handshaker;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            handshaker.handshake(ctx.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) throws Exception {
            try {
                if (received instanceof FullHttpResponse response) {
                    if (response.status().code() == 101) {
                        handshaker.finishHandshake(ctx.channel(), response);
                        open.complete(true);
                    } else {
                        open.complete(false);
                    }
                } else if (received instanceof BinaryWebSocketFrame binary) {
                    byte[] bytes = new byte[binary.content().readableBytes()];
                    binary.content().readBytes(bytes);
                    frames.add(Frames.decode(ByteString.wrap(bytes), FrameLimits.FROM_SERVER));
                } else if (received instanceof PingWebSocketFrame ping) {
                    ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                } else if (received instanceof CloseWebSocketFrame close) {
                    closed.complete(close.reasonText());
                    ctx.close();
                }
            } finally {
                io.netty.util.ReferenceCountUtil.release(received);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
