package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.MemberCard;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plainsong group add-member}. */
@Command(
        name = "add-member",
        description = "Make and sign the roster entry that adds members, from their cards.",
        footer = {"", "Example:  plainsong group add-member DIR --card ada.card --card ben.card --admin-key admin.key"})
final class AddMemberCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Directory of the group's files.")
    private Path directory = Path.of("");

    @Option(
            names = "--card",
            paramLabel = "FILE",
            required = true,
            description = "A file with a member's card, one line; the file's name without its ending becomes the name.")
    private List<Path> cards = List.of();

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        GroupDirectory group = new GroupDirectory(directory);
        try (Ed25519.SigningKey key = admin.open()) {
            Roster roster = group.roster();
            if (Files.exists(group.entryFile(roster.index() + 1))) {
                throw CommandFailure.failed(
                        "roster entry " + (roster.index() + 1) + " still lacks signatures",
                        "First: plainsong group sign DIR --admin-key KEY");
            }
            List<RosterChange> changes = new ArrayList<>();
            for (Path file : cards) {
                changes.add(Founding.add(roster, card(file), name(file)));
            }
            Signed<RosterEntry> entry = new WireSigner(key).sign(Founding.next(roster, changes));
            if (roster.threshold() == 1
                    && roster.apply(entry, new WireSignatureCheck()) instanceof RosterOutcome.Refused refused) {
                throw CommandFailure.failed(refused.problem().text(), "Nothing was written.");
            }
            group.writeEntry(entry);
            long index = entry.message().index();
            output.report().line("Roster entry " + index + ": " + group.entryFile(index));
            output.report()
                    .result(Map.of(
                            "index", index, "file", group.entryFile(index).toString()));
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Take the file anew from another admin.", e);
        }
    }

    private static MemberCard card(Path file) throws IOException {
        return MemberCard.parse(Files.readString(file))
                .orElseThrow(() -> CommandFailure.failed(
                        file.getFileName() + " holds no member's card, or a mistyped one", "Ask for it again."));
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
