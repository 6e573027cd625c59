package org.plainsong.member.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one class that opens sockets for a member: TLS 1.3 with the server's pinned key, over whatever way leads there. All members of a
 * process share one. How a connection is made (directly; through a proxy, which then comes first in the pipeline) is decided here and
 * nowhere else.
 */
public final class Connections implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HANDSHAKE_SECONDS = 10;

    private final EventLoopGroup loops;
    private final PinnedTls tls = new PinnedTls();

    /** Connections on this many threads, all of them daemons. */
    public Connections(int threads) {
        loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("member-net", true), NioIoHandler.newFactory());
    }

    /** A thread for one member: its node and its channels live on it. */
    EventLoop nextLoop() {
        return loops.next();
    }

    /**
     * Connects, makes TLS, and hands the channel over with an HTTP codec in it.
     *
     * @param endpoint where to
     * @param loop on whose thread
     * @param handler what speaks on the connection; it sees {@code channelActive} once TLS stands
     */
    ChannelFuture open(Endpoint endpoint, EventLoop loop, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler ssl = tls.context(endpoint.pin())
                                .newHandler(
                                        channel.alloc(),
                                        endpoint.host(),
                                        endpoint.url().port());
                        ssl.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
                        channel.pipeline()
                                .addLast("tls", ssl)
                                .addLast("http", new HttpClientCodec())
                                .addLast("speaker", handler);
                    }
                })
                .connect(endpoint.host(), endpoint.url().port());
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
