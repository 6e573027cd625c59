package org.plainsong.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.config.LoadedConfig;
import org.plainsong.server.hosting.AdminSocket;
import org.plainsong.server.hosting.ServerDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plainsong server host}: consent, and once all have consented, hosting. */
@Command(
        name = "host",
        description = {
            "Consents to host a group: adds this server's signature to its definition and writes the file back.",
            "Once admins and all servers have signed, the same command starts to host the group; a server that runs picks it up."
        },
        footer = {"", "Example:", "  plainsong server host --dir north group.plainsong"})
public final class HostCommand implements Callable<Integer> {
    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--yes", description = "Consent without being asked.")
    private boolean yes;

    @Parameters(paramLabel = "GROUPFILE", description = "The group's definition.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * What is printed.
     *
     * @param group id in hex
     * @param name of the group
     * @param signedNow whether this call added the signature
     * @param hosted whether the group is hosted
     * @param missing what is missing before it can be
     */
    record Outcome(String group, String name, boolean signedNow, boolean hosted, List<String> missing) {}

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            throw new IllegalStateException("called without a command line");
        }
        ServerDirectory directory = options.existing();
        Signed<GroupDefinition> definition = ServerDirectory.readDefinition(file);
        if (!new WireSignatureCheck().allGood(definition)) {
            throw CommandFailure.refused(
                    "a signature in " + file + " is not good", "Ask whoever sent it for the file once more.");
        }
        try (Ed25519.SigningKey key = directory.readServerKey()) {
            checkOwnEntry(directory, definition.message(), new PublicKey(key.publicKey()));
            boolean signed = hasSigned(definition, new PublicKey(key.publicKey()));
            if (!signed) {
                askConsent(definition);
                definition = consent(definition, key);
                writeBack(file, definition);
            }
            return host(directory, definition, !signed);
        }
    }

    private static void checkOwnEntry(ServerDirectory directory, GroupDefinition group, PublicKey own)
            throws IOException {
        ServerEntry card = directory.readCard().message().server();
        Optional<ServerEntry> entry = group.servers().stream()
                .filter(server -> server.key().equals(own))
                .findFirst();
        if (entry.isEmpty()) {
            throw CommandFailure.refused(
                    "the definition does not name this server's key "
                            + own.value().hex(),
                    "Give those who make the group this server's card: " + directory.card());
        }
        if (!entry.get().equals(card)) {
            throw CommandFailure.refused(
                    "the definition says other things of this server than its card does: "
                            + differences(entry.get(), card),
                    "Give those who make the group the newest card: " + directory.card());
        }
    }

    private static String differences(ServerEntry found, ServerEntry card) {
        List<String> parts = new ArrayList<>();
        if (!found.name().equals(card.name())) {
            parts.add("name");
        }
        if (!found.operator().equals(card.operator())) {
            parts.add("operator");
        }
        if (!found.url().equals(card.url())) {
            parts.add("URL");
        }
        if (!found.tlsPin().equals(card.tlsPin())) {
            parts.add("TLS pin");
        }
        return String.join(", ", parts);
    }

    private static boolean hasSigned(Signed<GroupDefinition> definition, PublicKey key) {
        return definition.signatures().stream()
                .anyMatch(signature -> signature.signer().equals(key));
    }

    private void askConsent(Signed<GroupDefinition> definition) {
        if (yes || spec == null) {
            return;
        }
        GroupDefinition group = definition.message();
        PrintWriter err = spec.commandLine().getErr();
        err.println("Group    " + group.name() + "  ("
                + Roster.groupId(definition).value().hex() + ")");
        err.println("Purpose  " + group.purpose());
        err.println("Admins   " + group.threshold() + " of " + group.admins().size());
        for (ServerEntry server : group.servers()) {
            err.println("Server   " + server.name() + " of " + server.operator() + ", " + server.url());
        }
        err.print("Consent to host it? Type yes: ");
        err.flush();
        Scanner answer = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
        if (!answer.hasNextLine()
                || !answer.nextLine().strip().toLowerCase(Locale.ROOT).equals("yes")) {
            throw CommandFailure.refused("not consented", "Nothing was signed. Run it again to consent.");
        }
    }

    private static Signed<GroupDefinition> consent(Signed<GroupDefinition> definition, Ed25519.SigningKey key) {
        Signed<GroupDefinition> own = new WireSigner(key).sign(definition.message());
        if (!own.payload().equals(definition.payload())) {
            throw new IllegalStateException("a definition that was read is encoded in another way");
        }
        return Envelopes.combine(List.of(definition, own));
    }

    private static void writeBack(Path file, Signed<GroupDefinition> definition) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.write(written, Envelopes.encode(definition).toByteArray());
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private int host(ServerDirectory directory, Signed<GroupDefinition> definition, boolean signedNow)
            throws IOException {
        Report report = output.report();
        String id = Roster.groupId(definition).value().hex();
        String name = definition.message().name();
        if (signedNow) {
            report.line("Consented to host \"" + name + "\" and wrote the signature into " + file);
        }
        List<String> missing = missing(definition);
        if (missing.isEmpty()) {
            boolean isNew = directory.host(Roster.groupId(definition), definition);
            report.line((isNew ? "Hosts" : "Hosts already") + " \"" + name + "\" (" + id + ")");
            if (isNew) {
                tellRunning(directory, report);
            }
        } else {
            missing.forEach(what -> report.line("Not hosted yet: " + what));
            report.line("Run this command again with the file that all have signed.");
        }
        report.result(new Outcome(id, name, signedNow, missing.isEmpty(), missing));
        return ExitCode.OK;
    }

    private static List<String> missing(Signed<GroupDefinition> definition) {
        List<String> missing = new ArrayList<>();
        for (ServerEntry server : definition.message().servers()) {
            if (!hasSigned(definition, server.key())) {
                missing.add("server " + server.name() + " has not signed");
            }
        }
        if (missing.isEmpty()) {
            RosterOutcome outcome = Roster.genesis(definition, new WireSignatureCheck());
            outcome.refused().ifPresent(problem -> missing.add(problem.text()));
        }
        return missing;
    }

    private void tellRunning(ServerDirectory directory, Report report) throws IOException {
        LoadedConfig loaded = options.load(directory.config());
        Path socket = directory.root().resolve(loaded.config().admin().socket());
        if (!Files.exists(socket)) {
            report.line("The server does not run; it will host the group when it does.");
            return;
        }
        try {
            AdminSocket.ask(socket, "groups");
            report.line("The running server has picked it up.");
        } catch (IOException e) {
            report.line("The server does not answer; it will host the group when it starts next.");
        }
    }
}
