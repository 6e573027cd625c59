package org.plainsong.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plainsong.core.crypto.Randomness;

/** The one port of a server: TLS 1.3 with its own key, HTTP for everybody, WebSockets for members and peers. */
public final class EdgeServer implements AutoCloseable {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 8192;
    private static final int CHUNK = 8192;
    private static final int BACKLOG = 1024;

    private final Channel listening;
    private final Admission admission;

    private EdgeServer(Channel listening, Admission admission) {
        this.listening = listening;
        this.admission = admission;
    }

    /**
     * Opens the port.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static EdgeServer open(
            InetSocketAddress address, TlsIdentity identity, EdgeLimits limits, Hosting hosting, Shared shared)
            throws IOException {
        Admission admission = new Admission(limits.connections(), limits.connectionsPerAddress());
        Pipeline pipeline = new Pipeline(
                PinnedTls.server(identity),
                limits,
                hosting,
                admission,
                new WebSocketUpgrade(limits, shared.random(), shared.numbers()));
        var bound = new ServerBootstrap()
                .group(shared.loops())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WriteBufferWaterMark.DEFAULT)
                .childHandler(pipeline)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort(), bound.cause());
        }
        return new EdgeServer(bound.channel(), admission);
    }

    /**
     * What the edge shares with the rest of the process.
     *
     * @param loops event loops
     * @param random for challenges
     * @param numbers next number of a connection
     */
    public record Shared(EventLoopGroup loops, Randomness random, AtomicLong numbers) {}

    /** The address that is listened on, with its port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Connections that are open now. */
    public int connections() {
        return admission.open();
    }

    /** Connections that were turned away since the start. */
    public int refused() {
        return admission.refused();
    }

    /** Takes no new connections. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
    }

    /** The handlers of a new connection, one for each concern. */
    static final class Pipeline extends ChannelInitializer<Channel> {
        private final SslContext tls;
        private final EdgeLimits limits;
        private final Hosting hosting;
        private final Admission admission;
        private final WebSocketUpgrade upgrade;
        private final RequestRate rate;
        private final Semaphore uploads = BodyLimit.uploads();

        Pipeline(SslContext tls, EdgeLimits limits, Hosting hosting, Admission admission, WebSocketUpgrade upgrade) {
            this.tls = tls;
            this.limits = limits;
            this.hosting = hosting;
            this.admission = admission;
            this.upgrade = upgrade;
            this.rate = new RequestRate(limits.requestsPerSecond(), System::nanoTime);
        }

        @Override
        protected void initChannel(Channel channel) {
            SslHandler ssl = tls.newHandler(channel.alloc());
            ssl.setHandshakeTimeout(limits.handshakeSeconds(), TimeUnit.SECONDS);
            channel.pipeline().addLast("admission", admission).addLast("tls", ssl);
            http(channel);
        }

        /** The part behind TLS. */
        void http(Channel channel) {
            channel.pipeline()
                    .addLast("http", new HttpServerCodec(MAX_LINE, MAX_HEADERS, CHUNK))
                    .addLast("deadline", new RequestDeadline(limits.firstFrameSeconds()))
                    .addLast("rate", rate)
                    .addLast("body-limit", new BodyLimit(uploads))
                    .addLast("body", new HttpObjectAggregator(BodyLimit.MAX_BODY))
                    .addLast("routes", new HttpRoutes(hosting, upgrade));
        }
    }
}
