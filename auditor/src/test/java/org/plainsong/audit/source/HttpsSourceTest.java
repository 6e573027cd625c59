package org.plainsong.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.GroupId;

/** Reads from a real HTTPS server with a key of its own that no authority vouches for. */
@SuppressForbidden("the JDK's own small server is enough to test against")
class HttpsSourceTest {
    private static final GroupId GROUP = new GroupId(Hash.sha256(ByteString.EMPTY));
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path directory;

    private static HttpsServer server;
    private static ByteString pin;

    @BeforeAll
    static void startsAServer() throws Exception {
        Path store = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "tls",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nobody",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pin = Hash.sha256(keys.getCertificate("tls").getPublicKey().getEncoded());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] answer = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            int status = path.endsWith("gone") ? 404 : path.endsWith("broken") ? 500 : 200;
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stopsIt() {
        server.stop(0);
    }

    private static HttpsSource source(Optional<ByteString> expected) {
        ServerUrl url = ServerUrl.parse(
                        "https://127.0.0.1:" + server.getAddress().getPort())
                .orElseThrow();
        return new HttpsSource(url, GROUP, expected);
    }

    @Test
    void readsFilesBelowTheGroupsPathFromTheServerWithThePinnedKey() throws Exception {
        try (HttpsSource source = source(Optional.of(pin))) {
            ByteString answer = source.read("entry/3", 1000).orElseThrow();
            assertThat(new String(answer.toByteArray(), StandardCharsets.UTF_8))
                    .isEqualTo("/g/" + GROUP.value().hex() + "/entry/3");
            assertThat(source.read("blob/gone", 1000)).isEmpty();
            assertThat(source.names()).isEmpty();
        }
    }

    @Test
    void refusesAServerWithAnotherKey() {
        HttpsSource source = source(Optional.of(Hash.sha256(pin)));
        assertThatThrownBy(() -> source.read("entry/3", 1000))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("another TLS key");
    }

    @Test
    void readsNoMoreThanItIsToldAndNamesOtherAnswers() {
        HttpsSource source = source(Optional.of(pin));
        assertThatThrownBy(() -> source.read("entry/3", 10)).isInstanceOf(TranscriptSource.TooLargeException.class);
        assertThatThrownBy(() -> source.read("entry/broken", 1000)).hasMessageContaining("status 500");
    }
}
