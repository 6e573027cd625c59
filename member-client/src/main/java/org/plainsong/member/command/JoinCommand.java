package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.vault.VaultException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong member join}. */
@Command(
        name = "join",
        description = "Add a group to the profile, from its signed definition.",
        footer = {"", "Example:  plainsong member join group.def"})
final class JoinCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The group's definition, signed by admins and servers.")
    private Path file = Path.of("");

    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        ByteString definition = ByteString.wrap(Files.readAllBytes(file));
        try (MemberProfile open = profile.open()) {
            GroupId group = open.add(definition);
            output.report().line("Added group " + group.value().hex());
            output.report().result(Map.of("group", group.value().hex()));
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(
                    1, "this is no definition that counts: " + e.getMessage(), "Ask an admin for the right file.", e);
        } catch (VaultException e) {
            throw ProfileOptions.failure(e);
        }
    }
}
