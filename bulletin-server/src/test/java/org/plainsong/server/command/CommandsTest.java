package org.plainsong.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.commands.CommandRunner;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.ServerMain;
import org.plainsong.server.hosting.ServerDirectory;

class CommandsTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CommandRunner.run(new ServerMain(), new PrintWriter(out), new PrintWriter(err), args);
    }

    private String dir(String name) {
        return directory.resolve(name).toString();
    }

    private void init(String name, int port) {
        assertThat(run("init", "--dir", dir(name), "--name", name, "--listen", "127.0.0.1:" + port))
                .isZero();
    }

    @Test
    void initMakesPrivateKeysACardAndAConfigurationThatPassesItsCheck() throws Exception {
        init("north", 8443);

        assertThat(out.toString()).contains("north", "https://127.0.0.1:8443", "server.card", "Next:");
        ServerDirectory made = new ServerDirectory(directory.resolve("north"));
        assertThat(Files.getPosixFilePermissions(made.serverKey()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new WireSignatureCheck().allGood(made.readCard())).isTrue();
        assertThat(made.readCard().message().server().tlsPin())
                .isEqualTo(made.readTls().pin());
        assertThat(out.toString())
                .doesNotContain(hex(made.readServerKey().seed().expose()));
        assertThat(run("config", "check", "--dir", dir("north"))).isZero();
        assertThat(run("config", "show", "--dir", dir("north"), "server.name")).isZero();
        assertThat(out.toString().strip()).isEqualTo("north");
    }

    private static String hex(byte[] bytes) {
        return ByteString.of(bytes).hex();
    }

    @Test
    void initNeverWritesOverAKey() throws Exception {
        init("north", 8443);
        byte[] before = Files.readAllBytes(new ServerDirectory(directory.resolve("north")).serverKey());

        assertThat(run("init", "--dir", dir("north"))).isEqualTo(3);
        assertThat(err.toString()).contains("already");
        assertThat(Files.readAllBytes(new ServerDirectory(directory.resolve("north")).serverKey()))
                .isEqualTo(before);
    }

    @Test
    void valuesThatNoCardMayHoldAreRefusedBeforeAnythingIsMade() {
        assertThat(run("init", "--dir", dir("x"), "--name", "")).isEqualTo(2);
        assertThat(run("init", "--dir", dir("x"), "--url", "http://x")).isEqualTo(2);
        assertThat(run("init", "--dir", dir("x"), "--listen", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("must be HOST:PORT");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void mistakesInTheConfigurationAreShownWithTheirPlaces() throws Exception {
        init("north", 8443);
        Path config = new ServerDirectory(directory.resolve("north")).config();
        Files.writeString(config, "[limits]\nconections = 5\n");

        assertThat(run("config", "check", "--dir", dir("north"))).isEqualTo(2);
        assertThat(err.toString()).contains("server.toml:2:1: unknown key \"conections\"");
        assertThat(run("run", "--dir", dir("north"))).isEqualTo(2);
    }

    @Test
    void aGroupIsHostedOnceAllServersHaveConsented() throws Exception {
        init("north", 8443);
        init("south", 8444);
        Path file = definition(List.of("north", "south"));

        assertThat(run("host", "--dir", dir("north"), "--yes", file.toString())).isZero();
        assertThat(out.toString()).contains("server south has not signed");
        assertThat(run("host", "--dir", dir("south"), "--yes", file.toString())).isZero();
        assertThat(out.toString()).contains("Hosts \"a group\"");
        assertThat(run("host", "--dir", dir("north"), "--yes", "--json", file.toString()))
                .isZero();
        assertThat(out.toString()).contains("\"hosted\" : true").contains("\"signedNow\" : false");

        Signed<GroupDefinition> signed = ServerDirectory.readDefinition(file);
        assertThat(Roster.genesis(signed, new WireSignatureCheck()).accepted()).isPresent();
        assertThat(new ServerDirectory(directory.resolve("north")).hosted()).containsExactly(signed);
        assertThat(run("export", "--dir", dir("north"), dir("transcript"))).isEqualTo(1);
        assertThat(err.toString()).contains("nothing has been kept");
    }

    @Test
    void aDefinitionThatSaysOtherThingsOfTheServerIsNotSigned() throws Exception {
        init("north", 8443);
        init("south", 8444);
        init("west", 8445);
        Path file = definition(List.of("north", "south"));
        byte[] before = Files.readAllBytes(file);

        assertThat(run("host", "--dir", dir("west"), "--yes", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("does not name this server's key");
        Files.write(
                new ServerDirectory(directory.resolve("north")).card(),
                Files.readAllBytes(new ServerDirectory(directory.resolve("south")).card()));
        assertThat(run("host", "--dir", dir("north"), "--yes", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("name, URL, TLS pin");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void whatIsNoDefinitionOrNoServerIsNamed() throws Exception {
        init("north", 8443);
        Path file = Files.writeString(directory.resolve("nonsense"), "nonsense");

        assertThat(run("host", "--dir", dir("north"), "--yes", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is no group definition");
        assertThat(run("host", "--dir", dir("nowhere"), file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no server in");
        assertThat(run("status", "--dir", dir("north"))).isEqualTo(4);
        assertThat(run("export", "--dir", dir("north"), dir("transcript"))).isEqualTo(2);
        assertThat(err.toString()).contains("hosts no such group");
    }

    @Test
    void eachCommandExplainsItselfWithAnExample() {
        for (String command : List.of("init", "run", "host", "status", "export")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Example:").contains("plainsong server " + command);
        }
        assertThat(run("config", "example")).isZero();
        assertThat(out.toString()).contains("[limits]").contains("idle_seconds = 30");
    }

    /** A definition signed by its admin and by nobody else. */
    private Path definition(List<String> names) throws IOException {
        List<ServerEntry> servers = new ArrayList<>();
        for (String name : names) {
            servers.add(new ServerDirectory(directory.resolve(name))
                    .readCard()
                    .message()
                    .server());
        }
        try (Ed25519.SigningKey admin = Ed25519.SigningKey.fromSeed(new byte[32])) {
            GroupDefinition group = new GroupDefinition(
                    "a group",
                    "tests",
                    ByteString.of(new byte[32]),
                    PolicyDefaults.policy(),
                    List.of(new Admin("admin", new PublicKey(admin.publicKey()))),
                    1,
                    servers);
            Path file = directory.resolve("group.plainsong");
            Files.write(
                    file, Envelopes.encode(new WireSigner(admin).sign(group)).toByteArray());
            return file;
        }
    }
}
