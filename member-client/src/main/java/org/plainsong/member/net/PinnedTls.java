package org.plainsong.member.net;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;

/**
 * TLS 1.3 to servers that are known by the pin of their key: no certificate authority, no name, no date (protocol §3). The hybrid group
 * X25519MLKEM768 comes first, X25519 is left for servers, and platforms, that lack it.
 */
final class PinnedTls {
    private static final String[] GROUPS = {"X25519MLKEM768", "X25519"};

    private final ConcurrentMap<ByteString, SslContext> contexts = new ConcurrentHashMap<>();

    /** The context for servers with this pin; made once. */
    SslContext context(ByteString pin) {
        return contexts.computeIfAbsent(pin, PinnedTls::create);
    }

    private static SslContext create(ByteString pin) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .protocols("TLSv1.3")
                    .trustManager(new PinTrust(pin))
                    .endpointIdentificationAlgorithm(null);
            if (OpenSsl.isAvailable()) {
                builder.sslProvider(SslProvider.OPENSSL).option(OpenSslContextOption.GROUPS, GROUPS.clone());
            } else {
                builder.sslProvider(SslProvider.JDK);
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("this platform has no TLS 1.3", e);
        }
    }

    /** The server shows another key than the one that the group pins. */
    static final class WrongPin extends CertificateException {
        private static final long serialVersionUID = 1L;

        WrongPin() {
            super("the server shows another TLS key than the one that the group pins");
        }
    }

    /** Accepts exactly one key. */
    @SuppressForbidden("the JDK's trust interface names java.net.Socket; no socket is opened here")
    private static final class PinTrust extends X509ExtendedTrustManager {
        private final ByteString pin;

        PinTrust(ByteString pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0
                    || !Hash.sha256(chain[0].getPublicKey().getEncoded()).equals(pin)) {
                throw new WrongPin();
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("a member serves nobody");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
