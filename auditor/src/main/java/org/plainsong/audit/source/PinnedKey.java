package org.plainsong.audit.source;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;

/** Trusts the one key that the group pins, whatever certificate it comes in; extended, so that the JDK adds no checks of names and dates of its own. */
@SuppressForbidden("the trust manager's interface names sockets; none is opened here")
final class PinnedKey extends X509ExtendedTrustManager {
    private final Optional<ByteString> pin;

    PinnedKey(Optional<ByteString> pin) {
        this.pin = pin;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (pin.isEmpty()) {
            return;
        }
        ByteString found = Hash.sha256(chain[0].getPublicKey().getEncoded());
        if (!found.equals(pin.get())) {
            throw new CertificateException(
                    "the server shows another TLS key than the one that the group pins: " + found.hex());
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
        throw new CertificateException("an auditor is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("an auditor is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("an auditor is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
