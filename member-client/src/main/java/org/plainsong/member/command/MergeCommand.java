package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong group merge}. */
@Command(
        name = "merge",
        description = "Take the signatures of servers and admins from their copies of the definition.",
        footer = {"", "Example:  plainsong group merge DIR north/group south/group"})
final class MergeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Directory of the group's files.")
    private Path directory = Path.of("");

    @Parameters(index = "1..*", paramLabel = "FILE", arity = "1..*", description = "Signed copies of the definition.")
    private List<Path> copies = List.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        GroupDirectory group = new GroupDirectory(directory);
        try {
            List<Signed<GroupDefinition>> all = new ArrayList<>();
            all.add(group.definition());
            for (Path copy : copies) {
                Signed<GroupDefinition> signed = GroupDirectory.read(copy, GroupDefinition.class);
                if (!signed.payload().equals(all.get(0).payload())) {
                    throw CommandFailure.failed(
                            copy.getFileName() + " is the definition of another group", "Ask for the right file.");
                }
                all.add(signed);
            }
            Signed<GroupDefinition> merged = Envelopes.combine(all);
            group.write(merged);
            List<String> missing =
                    Founding.missing(merged).stream().map(k -> k.value().hex()).toList();
            boolean counts = Founding.definitionProblem(merged).isEmpty();
            output.report()
                    .line(
                            counts
                                    ? "The definition counts: everybody who must has signed."
                                    : "Still missing: " + String.join(", ", missing));
            output.report().result(Map.of("counts", counts, "missing", missing));
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Ask for the file again.", e);
        }
    }
}
