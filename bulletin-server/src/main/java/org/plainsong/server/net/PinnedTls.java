package org.plainsong.server.net;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;

/**
 * TLS 1.3 and nothing else, without certificate authorities: the other side is known by the pin of its key. The first group offered is the hybrid
 * X25519MLKEM768, so that what is recorded today stays closed to a later quantum computer; X25519 alone remains for those whose library lacks it.
 */
public final class PinnedTls {
    /** Groups in order of preference, by their IANA names. */
    public static final List<String> GROUPS = List.of("X25519MLKEM768", "X25519");

    private static final String PROTOCOL = "TLSv1.3";

    private PinnedTls() {}

    /** Whether this platform has the library that knows the hybrid group. */
    public static boolean hybridAvailable() {
        return OpenSsl.isAvailable();
    }

    /** The side that is connected to. */
    public static SslContext server(TlsIdentity identity) {
        try {
            return common(SslContextBuilder.forServer(identity.key(), identity.certificate()), GROUPS)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this platform has no TLS 1.3", e);
        }
    }

    /** The side that connects, to a server with this pin. */
    public static SslContext client(ByteString pin) {
        return client(pin, GROUPS);
    }

    /** As {@link #client(ByteString)}, with these groups only. */
    static SslContext client(ByteString pin, List<String> groups) {
        try {
            return common(SslContextBuilder.forClient().trustManager(new PinTrust(pin)), groups)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this platform has no TLS 1.3", e);
        }
    }

    private static SslContextBuilder common(SslContextBuilder builder, List<String> groups) {
        builder.protocols(PROTOCOL);
        if (!hybridAvailable()) {
            return builder.sslProvider(SslProvider.JDK);
        }
        return builder.sslProvider(SslProvider.OPENSSL)
                .option(OpenSslContextOption.GROUPS, groups.toArray(new String[0]));
    }

    /** Accepts exactly one key, whatever name and dates the certificate bears. */
    @SuppressForbidden("the JDK's trust interface names java.net.Socket; no socket is opened here")
    private static final class PinTrust extends X509ExtendedTrustManager {
        private final ByteString pin;

        PinTrust(ByteString pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !TlsIdentity.pinOf(chain[0]).equals(pin)) {
                throw new CertificateException("the server shows another TLS key than the one that the group pins");
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
            throw new CertificateException("clients prove their keys by statements, not by certificates");
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
