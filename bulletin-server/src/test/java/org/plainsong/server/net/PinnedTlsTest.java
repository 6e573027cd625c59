package org.plainsong.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;

class PinnedTlsTest {
    private static final int ROUNDS = 50;

    private final TlsIdentity identity = identity(1);

    private static TlsIdentity identity(int seed) {
        return TlsIdentity.create(
                "host.example", Randomness.seeded(new byte[] {(byte) seed}), Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void theHybridGroupIsNegotiatedWhereAClientOffersNothingElse() throws Exception {
        assumeTrue(PinnedTls.hybridAvailable(), "no TLS library with X25519MLKEM768 on this platform");

        assertThat(handshake(identity.pin(), List.of("X25519MLKEM768"))).isEqualTo("TLSv1.3");
    }

    @Test
    void aClientWithoutTheHybridGroupIsServedAllTheSame() throws Exception {
        assertThat(handshake(identity.pin(), List.of("X25519"))).isEqualTo("TLSv1.3");
    }

    @Test
    void aClientThatOffersNeitherGroupIsNot() {
        assumeTrue(PinnedTls.hybridAvailable(), "the JDK's TLS cannot be limited by Netty");

        assertThatThrownBy(() -> handshake(identity.pin(), List.of("P-384"))).isInstanceOf(SSLException.class);
    }

    @Test
    void aServerWithAnotherKeyThanThePinnedOneIsRefused() {
        assertThatThrownBy(() -> handshake(identity(2).pin(), PinnedTls.GROUPS))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("another TLS key than the one that the group pins");
    }

    @Test
    void anIdentityIsReadBackAsItWasWritten() throws Exception {
        TlsIdentity read = TlsIdentity.read(identity.keyPem(), identity.certificatePem());

        assertThat(read.pin()).isEqualTo(identity.pin());
        assertThat(read.key()).isEqualTo(identity.key());
        assertThat(read.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=host.example");
    }

    @Test
    void aKeyAndACertificateThatDoNotBelongTogetherAreRefused() {
        assertThatThrownBy(() -> TlsIdentity.read(identity.keyPem(), identity(2).certificatePem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("do not belong together");
        assertThatThrownBy(() -> TlsIdentity.read("", identity.certificatePem()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("holds no PRIVATE KEY");
        assertThatThrownBy(() -> TlsIdentity.read(identity.keyPem().replace("\nM", "\n!"), identity.certificatePem()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    /** Both ends in one thread, without a network; the protocol that they agreed on. */
    private String handshake(ByteString pin, List<String> groups) throws SSLException {
        SslContext server = PinnedTls.server(identity);
        SslContext client = PinnedTls.client(pin, groups);
        SSLEngine here = client.newEngine(ByteBufAllocator.DEFAULT, "host.example", 443);
        SSLEngine there = server.newEngine(ByteBufAllocator.DEFAULT);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        here.beginHandshake();
        there.beginHandshake();
        for (int i = 0; i < ROUNDS; i++) {
            step(here, toClient, toServer);
            step(there, toServer, toClient);
        }
        assertThat(here.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        return here.getSession().getProtocol();
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        Runnable task = engine.getDelegatedTask();
        if (task != null) {
            task.run();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(1 << 17));
        in.compact();
    }
}
