package org.plainsong.audit.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.transcript.TranscriptFiles;

/**
 * A transcript on a server, over TLS 1.3 with the key that the group pins and no certificate authority (protocol §3). It cannot be listed: files that nobody
 * names are not seen.
 */
@SuppressForbidden(
        "the auditor depends on neither server nor client, so it has the JDK's HTTPS client instead of Netty's")
public final class HttpsSource implements TranscriptSource {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int READ_MILLIS = 60_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final String base;
    private final SSLSocketFactory sockets;

    /**
     * The transcript of a group on a server.
     *
     * @param server where
     * @param group whose
     * @param pin SHA-256 of the SubjectPublicKeyInfo of the server's TLS certificate; nothing to accept any key, which only suits what is named by its hash
     */
    public HttpsSource(ServerUrl server, GroupId group, Optional<ByteString> pin) {
        this.base = "https://" + server.authority() + TranscriptFiles.prefix(group);
        this.sockets = sockets(pin);
    }

    private static SSLSocketFactory sockets(Optional<ByteString> pin) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new PinnedKey(pin)}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
        }
    }

    @Override
    public String where() {
        return base;
    }

    @Override
    public Optional<ByteString> read(String path, int mostBytes) throws IOException {
        HttpsURLConnection connection = open(path);
        int status = connection.getResponseCode();
        if (status == NOT_FOUND || status == GONE) {
            drain(connection.getErrorStream());
            return Optional.empty();
        }
        if (status != OK) {
            drain(connection.getErrorStream());
            throw new IOException(base + path + " answers with status " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(mostBytes);
            if (bytes.length == mostBytes && in.read() >= 0) {
                throw new TooLargeException(path, mostBytes);
            }
            return Optional.of(ByteString.wrap(bytes));
        }
    }

    private HttpsURLConnection open(String path) throws IOException {
        URL url = URI.create(base + path).toURL();
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(sockets);
        // The pinned key says who it is; the name in a certificate that nobody vouches for says nothing.
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    /** A connection is only used again when its answer has been read. */
    private static void drain(@org.jspecify.annotations.Nullable InputStream errors) throws IOException {
        if (errors != null) {
            try (errors) {
                errors.readNBytes(1 << 16);
            }
        }
    }

    @Override
    public Optional<Stream<String>> names() {
        return Optional.empty();
    }
}
