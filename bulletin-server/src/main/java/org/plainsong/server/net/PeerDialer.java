package org.plainsong.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FrameLimits;

/**
 * Keeps one connection to one peer, for as long as it is not stopped: whenever there is none it tries again, after a pause that doubles and has chance mixed
 * in, so that servers that lost each other together do not come back together.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
public final class PeerDialer {
    private static final int MAX_RESPONSE = 8192;
    private static final int CONNECT_MILLIS = 10_000;

    private final GroupDoor door;
    private final ServerEntry peer;
    private final ServerUrl url;
    private final Surroundings around;
    private final SslContext tls;
    private long pauseMillis;
    private boolean stopped;
    private @Nullable Channel current;

    /**
     * What all dialers of a process share.
     *
     * @param loops event loops
     * @param limits of the edge
     * @param minPauseMillis first pause between two tries
     * @param maxPauseMillis longest pause
     * @param random for challenges and pauses
     * @param numbers next number of a connection
     */
    public record Surroundings(
            EventLoopGroup loops,
            EdgeLimits limits,
            long minPauseMillis,
            long maxPauseMillis,
            Randomness random,
            AtomicLong numbers) {}

    private PeerDialer(GroupDoor door, ServerEntry peer, ServerUrl url, Surroundings around) {
        this.door = door;
        this.peer = peer;
        this.url = url;
        this.around = around;
        this.tls = PinnedTls.client(peer.tlsPin());
        this.pauseMillis = around.minPauseMillis();
    }

    /** Starts to connect to this peer of the group. */
    public static PeerDialer start(GroupDoor door, ServerEntry peer, Surroundings around) {
        ServerUrl url = ServerUrl.parse(peer.url())
                .orElseThrow(() -> new IllegalStateException("a roster holds a server URL of another form"));
        PeerDialer dialer = new PeerDialer(door, peer, url, around);
        dialer.connect();
        return dialer;
    }

    /** Ends the connection and makes no more. */
    public synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.close();
        }
    }

    private synchronized void connect() {
        if (stopped || around.loops().isShuttingDown()) {
            return;
        }
        Channel channel = new Bootstrap()
                .group(around.loops())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Pipeline())
                .connect(host(), url.port())
                .channel();
        current = channel;
        channel.closeFuture().addListener(closed -> again());
    }

    private String host() {
        String host = url.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private synchronized void again() {
        if (stopped || around.loops().isShuttingDown()) {
            return;
        }
        long pause = pauseMillis / 2 + (long) (chance() * pauseMillis / 2);
        pauseMillis = Math.min(around.maxPauseMillis(), pauseMillis * 2);
        around.loops().schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    /** Evenly from 0 to 1. */
    private double chance() {
        byte[] drawn = around.random().bytes(2);
        return (((drawn[0] & 0xff) << 8) | (drawn[1] & 0xff)) / 65_536.0;
    }

    private synchronized void up() {
        pauseMillis = around.minPauseMillis();
    }

    /** TLS, then the WebSocket handshake, then the greeting. */
    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            SslHandler ssl = tls.newHandler(channel.alloc(), host(), url.port());
            ssl.setHandshakeTimeout(around.limits().handshakeSeconds(), TimeUnit.SECONDS);
            channel.pipeline()
                    .addLast("tls", ssl)
                    .addLast("http", new HttpClientCodec())
                    .addLast("response", new HttpObjectAggregator(MAX_RESPONSE))
                    .addLast("deadline", new RequestDeadline(around.limits().firstFrameSeconds()))
                    .addLast("upgrade", new Upgrade());
        }
    }

    /** Asks for a WebSocket once TLS stands. */
    private final class Upgrade extends ChannelInboundHandlerAdapter {
        private final Handshaker handshaker =
                new Handshaker(URI.create("wss://" + url.authority() + TranscriptFiles.prefix(door.group()) + "ws"));

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            handshaker.handshake(ctx.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) {
            try {
                if (received instanceof FullHttpResponse response) {
                    handshaker.finishHandshake(ctx.channel(), response);
                    greet(ctx);
                }
            } catch (WebSocketHandshakeException e) {
                ctx.close();
            } finally {
                io.netty.util.ReferenceCountUtil.release(received);
            }
        }

        private void greet(ChannelHandlerContext ctx) {
            Channel channel = ctx.channel();
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.remove(RequestDeadline.class);
            Connection connection =
                    new Connection(around.numbers().incrementAndGet(), channel, EdgeLimits.PEER_OUTGOING_BYTES);
            ByteString challenge = ByteString.wrap(around.random().bytes(Frame.Challenge.SIZE));
            pipeline.addAfter(
                    "tls",
                    "keep-alive",
                    new KeepAlive(TimeUnit.SECONDS.toMillis(around.limits().idleSeconds())));
            pipeline.addLast(
                    "session",
                    new Greeting(door, peer.key(), around.limits(), connection, challenge, PeerDialer.this::up));
            pipeline.remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
            if (cause instanceof Error error) {
                throw error;
            }
        }
    }

    /** Netty's handshake with our reader of messages. */
    private static final class Handshaker extends WebSocketClientHandshaker13 {
        Handshaker(URI uri) {
            super(
                    uri,
                    WebSocketVersion.V13,
                    null,
                    false,
                    new DefaultHttpHeaders(),
                    FrameLimits.UNKNOWN_PEER.maxFrame());
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new Messages(false, FrameLimits.UNKNOWN_PEER);
        }
    }
}
