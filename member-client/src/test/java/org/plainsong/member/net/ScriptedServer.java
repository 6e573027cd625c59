package org.plainsong.member.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.ServerUrl;

/** A TLS server on loopback that does what a test tells it once a WebSocket stands. */
@SuppressWarnings("FutureReturnValueIgnored") // what a scripted server sends needs no answer
final class ScriptedServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;
    private final ByteString pin;
    final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /** With what happens on each WebSocket that stands. */
    ScriptedServer(Consumer<Channel> onWebSocket) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = certificate(pair);
        pin = Hash.sha256(certificate.getPublicKey().getEncoded());
        SslContext tls = SslContextBuilder.forServer(pair.getPrivate(), certificate)
                .protocols("TLSv1.3")
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
        listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(1 << 20))
                                .addLast(new Requests(onWebSocket));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    Endpoint endpoint() {
        return endpoint(pin);
    }

    Endpoint endpoint(ByteString shownPin) {
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        return new Endpoint(ServerUrl.parse("https://127.0.0.1:" + port).orElseThrow(), shownPin);
    }

    static void send(Channel channel, byte[] bytes) {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=scripted");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(Duration.ofDays(1))),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Consumer<Channel> onWebSocket;

        Requests(Consumer<Channel> onWebSocket) {
            this.onWebSocket = onWebSocket;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            requests.add(request.method() + " " + request.uri() + " "
                    + request.content().toString(StandardCharsets.UTF_8));
            if (!request.uri().endsWith("/ws")) {
                boolean found =
                        request.uri().endsWith("/group") || request.uri().endsWith("/roster");
                answer(ctx, found ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND, "answer");
                return;
            }
            if (request.uri().contains("00000000")) {
                answer(ctx, HttpResponseStatus.NOT_FOUND, "");
                return;
            }
            var handshaker = new WebSocketServerHandshakerFactory("", null, false, 1 << 24).newHandshaker(request);
            handshaker.handshake(ctx.channel(), request).addListener(done -> {
                ctx.pipeline().addLast(new SimpleChannelInboundHandler<WebSocketFrame>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext c, WebSocketFrame frame) {
                        byte[] bytes = new byte[frame.content().readableBytes()];
                        frame.content().readBytes(bytes);
                        received.add(bytes);
                    }
                });
                onWebSocket.accept(ctx.channel());
            });
        }

        private void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            HttpUtil.setContentLength(response, response.content().readableBytes());
            ctx.writeAndFlush(response);
        }
    }
}
