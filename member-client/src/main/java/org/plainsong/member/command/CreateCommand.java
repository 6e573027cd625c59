package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import org.plainsong.member.founding.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plainsong group create}. */
@Command(
        name = "create",
        description = "Make the definition of a new group and sign it as its first admin.",
        footer = {
            "",
            "Example:  plainsong group create DIR --name 'Night shift' --server a.card --server b.card --server c.card \\",
            "              --admin-key admin.key --admin-name Ada --policy policy.toml"
        })
final class CreateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory for the group's files.")
    private Path directory = Path.of("");

    @Option(names = "--name", required = true, description = "What the members call the group.")
    private String name = "";

    @Option(names = "--purpose", defaultValue = "", description = "What it is for.")
    private String purpose = "";

    @Option(
            names = "--server",
            paramLabel = "CARD",
            required = true,
            description = "Card of a server, in the order of their numbers; twice at least.")
    private List<Path> cards = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "The rules; see plainsong group policy.")
    private @Nullable Path policy;

    @Option(names = "--admin-name", defaultValue = "admin", description = "What people call this admin.")
    private String adminName = "";

    @Option(
            names = "--other-admin",
            paramLabel = "NAME=KEY",
            description = "Another admin with their public key in hexadecimal.")
    private Map<String, String> others = Map.of();

    @Option(names = "--threshold", defaultValue = "1", description = "How many admins a change of the roster needs.")
    private int threshold = 1;

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        GroupDirectory group = new GroupDirectory(directory);
        if (Files.exists(group.definitionFile())) {
            throw CommandFailure.failed("there is a group in this directory already", "Choose another directory.");
        }
        try (Ed25519.SigningKey key = admin.open()) {
            List<Admin> admins = new ArrayList<>();
            admins.add(new Admin(adminName, new PublicKey(key.publicKey())));
            others.forEach((who, hex) -> admins.add(new Admin(who, publicKey(hex))));
            GroupDefinition definition = Founding.definition(
                    name, purpose, policy(), admins, threshold, cards(), ProfileOptions.randomness());
            Signed<GroupDefinition> signed = new WireSigner(key).sign(definition);
            group.write(signed);
            report(group, signed);
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(2, String.valueOf(e.getMessage()), "Correct the file and try again.", e);
        }
    }

    private void report(GroupDirectory group, Signed<GroupDefinition> signed) {
        List<String> missing =
                Founding.missing(signed).stream().map(k -> k.value().hex()).toList();
        String id = Roster.groupId(signed).value().hex();
        output.report().line("Group " + id);
        output.report().line("Definition: " + group.definitionFile());
        output.report().line("It counts when it also has the signatures of: " + String.join(", ", missing));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("group", id);
        result.put("definition", group.definitionFile().toString());
        result.put("missing", missing);
        output.report().result(result);
    }

    private Policy policy() throws IOException, FormatException {
        return policy == null ? PolicyDefaults.policy() : PolicyFile.parse(Files.readString(policy));
    }

    private List<Signed<ServerCard>> cards() throws IOException, FormatException {
        List<Signed<ServerCard>> read = new ArrayList<>();
        for (Path file : cards) {
            Signed<ServerCard> card = GroupDirectory.read(file, ServerCard.class);
            Optional<String> problem = Founding.cardProblem(card);
            if (problem.isPresent()) {
                throw new FormatException("server card " + file.getFileName(), problem.get());
            }
            read.add(card);
        }
        return read;
    }

    private static PublicKey publicKey(String hex) {
        try {
            return new PublicKey(ByteString.fromHex(hex));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("not a public key: " + hex, "A key has 64 hexadecimal digits.");
        }
    }
}
