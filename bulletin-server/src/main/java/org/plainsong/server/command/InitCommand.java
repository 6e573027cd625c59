package org.plainsong.server.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.config.ConfigExample;
import org.plainsong.server.config.ServerConfig;
import org.plainsong.server.hosting.ServerDirectory;
import org.plainsong.server.hosting.SystemRandomness;
import org.plainsong.server.net.TlsIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong server init}. */
@Command(
        name = "init",
        description = "Makes a server: keys, TLS certificate, commented configuration, and its signed card.",
        footer = {
            "",
            "Example:",
            "  plainsong server init --dir north --name north --operator \"Example e.V.\" \\",
            "      --listen 0.0.0.0:8443 --url https://north.example.org:8443"
        })
public final class InitCommand implements Callable<Integer> {
    private static final int MAX_NAME = 64;

    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "Short name of the server, 1 to 64 bytes.")
    private @Nullable String name;

    @Option(names = "--operator", paramLabel = "WHO", description = "Who runs it, as members will see it.")
    private @Nullable String operator;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where it listens.")
    private @Nullable String listen;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where others reach it: https://HOST or https://HOST:PORT.")
    private @Nullable String url;

    /**
     * What is printed.
     *
     * @param directory of the server
     * @param card file with the card
     * @param name of the server
     * @param operator who runs it
     * @param url where it is reached
     * @param key public key, hex
     * @param tlsPin pin, hex
     */
    record Made(String directory, String card, String name, String operator, String url, String key, String tlsPin) {}

    @Override
    public Integer call() throws IOException {
        Map<String, String> values = new LinkedHashMap<>(options.overrides());
        put(values, "server.name", name);
        put(values, "server.operator", operator);
        put(values, "server.listen", listen);
        put(values, "server.public_url", url);
        String toml = ConfigExample.text(values);
        ServerConfig config =
                DirectoryOptions.read(ServerDirectory.CONFIG, toml, Map.of()).config();
        check("server.name", config.server().name());
        check("server.operator", config.server().operator());
        if (ServerUrl.parse(config.server().url()).isEmpty()) {
            throw CommandFailure.usage(
                    "the URL " + config.server().url() + " is not one of a server",
                    "Give --url https://HOST or https://HOST:PORT, in lower case, with nothing behind it.");
        }
        make(config, toml);
        return ExitCode.OK;
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static void check(String key, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size < 1 || size > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw CommandFailure.usage(
                    key + " has " + size + " bytes or a control character", "Give 1 to 64 bytes of text on one line.");
        }
    }

    private void make(ServerConfig config, String toml) throws IOException {
        ServerDirectory directory = options.directory();
        Randomness random = new SystemRandomness();
        try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(Ed25519.SEED_SIZE))) {
            TlsIdentity tls =
                    TlsIdentity.create(URI.create(config.server().url()).getHost(), random, Instant.now());
            ServerEntry entry = new ServerEntry(
                    config.server().name(),
                    config.server().operator(),
                    new PublicKey(key.publicKey()),
                    config.server().url(),
                    tls.pin());
            Signed<ServerCard> card = new WireSigner(key).sign(new ServerCard(entry));
            directory.create(key, tls, toml, card);
            print(directory, entry);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.refused(
                    "there is a server in " + directory.root() + " already",
                    "Its keys are never written over. Choose another --dir, or move the old one away.");
        }
    }

    private void print(ServerDirectory directory, ServerEntry entry) {
        Report report = output.report();
        report.line("Made the server \"" + entry.name() + "\" of " + entry.operator() + " in " + directory.root());
        report.line("  URL      " + entry.url());
        report.line("  key      " + entry.key().value().hex());
        report.line("  TLS pin  " + entry.tlsPin().hex());
        report.line("Its card, for those who make groups: " + directory.card());
        report.line("Keep the directory keys/ safe: who has it is this server, and nobody can make it anew.");
        report.line("Next: plainsong server run --dir " + directory.root());
        report.result(new Made(
                directory.root().toString(),
                directory.card().toString(),
                entry.name(),
                entry.operator(),
                entry.url(),
                entry.key().value().hex(),
                entry.tlsPin().hex()));
    }
}
