package org.plainsong.member.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.commands.CommandRunner;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.MemberCard;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.founding.AdminKeyFile;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import org.plainsong.member.vault.KeyCost;

/** The commands as people type them, as far as they need no server. */
final class CommandsTest {
    private static final byte[] PASSPHRASE = "river candle".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final Randomness randomness = Randomness.seeded(new byte[] {8});
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void foundsAGroupAndKeepsAPostUntilAMemberRuns() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "river candle\n");
        Path group = directory.resolve("night");
        List<WireSigner> servers = List.of(signer(), signer());
        List<String> create = new ArrayList<>(List.of("group", "create", group.toString(), "--name", "Night shift"));
        for (int j = 0; j < servers.size(); j++) {
            create.add("--server");
            create.add(card(servers.get(j), j).toString());
        }
        String key = adminKey().toString();
        create.addAll(List.of("--admin-key", key, "--passphrase-file", secret.toString()));
        assertThat(run(create.toArray(String[]::new))).isZero();
        assertThat(out.toString()).contains("It counts when it also has the signatures of: ");

        GroupDirectory files = new GroupDirectory(group);
        for (int j = 0; j < servers.size(); j++) {
            Path copy = directory.resolve("signed" + j);
            Files.write(
                    copy,
                    Envelopes.encode(Founding.sign(files.definition(), servers.get(j)))
                            .toByteArray());
            assertThat(run("group", "merge", group.toString(), copy.toString())).isZero();
        }
        assertThat(out.toString()).contains("The definition counts");
        assertThat(run("group", "show", group.toString())).isZero();

        String[] profile = {"--profile", directory.resolve("ada").toString(), "--passphrase-file", secret.toString()};
        MemberProfile.create(directory.resolve("ada"), PASSPHRASE, KeyCost.none(), randomness)
                .close();
        assertThat(run(with(profile, "member", "card"))).isZero();
        assertThat(MemberCard.parse(out.toString().lines().toList().getLast())).isPresent();
        assertThat(run(with(profile, "member", "join", files.definitionFile().toString())))
                .isZero();
        Path text = Files.writeString(directory.resolve("text"), "Pay talks: what next?\n");
        assertThat(run(with(profile, "member", "post", "--file", text.toString())))
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(run(with(profile, "member", "outbox", "--json"))).isZero();
        assertThat(out.toString())
                .contains("\"what\" : \"post\"", "\"state\" : \"waiting\"", "\"text\" : \"Pay talks: what next?\"");
        assertThat(run(with(profile, "member", "crowd"))).isEqualTo(1);
        assertThat(err.toString()).contains("no member runs from this profile");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "river candle\n");
        assertThat(run(
                        "member",
                        "read",
                        "--profile",
                        directory.resolve("none").toString(),
                        "--passphrase-file",
                        secret.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no profile here", "plainsong member init");
        assertThat(run(
                        "member",
                        "read",
                        "--passphrase-file",
                        directory.resolve("gone").toString()))
                .isEqualTo(2);
        assertThat(run("group", "show", secret.toString())).isEqualTo(1);
        assertThat(run("member", "reply", "--private", "xyz")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("river candle").doesNotContain("Exception");
    }

    @Test
    void makesAProfileAndPrintsItsCard() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "river candle\n");
        String profile = directory.resolve("ben").toString();
        assertThat(run("member", "init", "--profile", profile, "--passphrase-file", secret.toString()))
                .isZero();
        assertThat(MemberCard.parse(out.toString())).isPresent();
        assertThat(run("member", "init", "--profile", profile, "--passphrase-file", secret.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is a profile here already");
    }

    /** With a key that costs nothing to try: the rest of the test is not about that. */
    private Path adminKey() throws Exception {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(randomness.bytes(32));
        byte[] file = AdminKeyFile.encode(key, PASSPHRASE, KeyCost.none(), randomness);
        return Files.write(directory.resolve("admin.key"), file);
    }

    private int run(String... args) {
        return CommandRunner.run(new Root(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @picocli.CommandLine.Command(
            name = "plainsong",
            subcommands = {MemberCommand.class, GroupCommand.class})
    static final class Root {}

    private static String[] with(String[] profile, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(profile));
        return all.toArray(String[]::new);
    }

    private Path card(WireSigner server, int number) throws Exception {
        ServerCard card = new ServerCard(new ServerEntry(
                "s" + number,
                "operator " + number,
                server.publicKey(),
                "https://s" + number + ".example",
                ByteString.wrap(randomness.bytes(32))));
        return Files.write(
                directory.resolve("card" + number),
                Envelopes.encode(server.sign(card)).toByteArray());
    }

    private WireSigner signer() {
        return new WireSigner(Ed25519.SigningKey.fromSeed(randomness.bytes(32)));
    }
}
