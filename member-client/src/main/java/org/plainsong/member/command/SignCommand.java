package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong group sign}. */
@Command(
        name = "sign",
        description =
                "Add an admin's signature to the newest roster entry, or, where there is none, to the definition.",
        footer = {"", "Example:  plainsong group sign DIR --admin-key second.key"})
final class SignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory of the group's files.")
    private Path directory = Path.of("");

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        GroupDirectory group = new GroupDirectory(directory);
        try (Ed25519.SigningKey key = admin.open()) {
            WireSigner signer = new WireSigner(key);
            List<Signed<RosterEntry>> entries = group.entries();
            String what;
            if (entries.isEmpty()) {
                group.write(Founding.sign(group.definition(), signer));
                what = "definition";
            } else {
                Signed<RosterEntry> last = entries.get(entries.size() - 1);
                group.writeEntry(Founding.sign(last, signer));
                what = "roster entry " + last.message().index();
            }
            output.report().line("Signed the " + what);
            output.report().result(Map.of("signed", what));
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Take the file anew from another admin.", e);
        }
    }
}
