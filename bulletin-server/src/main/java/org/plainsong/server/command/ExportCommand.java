package org.plainsong.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Signed;
import org.plainsong.server.hosting.ServerDirectory;
import org.plainsong.server.hosting.TranscriptExport;
import org.plainsong.server.store.ArchiveReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plainsong server export}. */
@Command(
        name = "export",
        description = "Writes a group's transcript as files that an auditor reads; the server may run meanwhile.",
        footer = {
            "",
            "Example:",
            "  plainsong server export --dir north --group 3f9a transcript",
            "  plainsong audit transcript --group group.plainsong"
        })
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--group",
            paramLabel = "ID",
            description = "The group's id, or its beginning; may be left out if there is only one.")
    private @Nullable String group;

    @Parameters(paramLabel = "DIR", description = "Where to write; made if it does not exist.")
    private @Nullable Path target;

    @Override
    public Integer call() throws IOException {
        if (target == null) {
            throw new IllegalStateException("called without a command line");
        }
        ServerDirectory directory = options.existing();
        Signed<GroupDefinition> definition = find(directory);
        Path archive = directory.group(Roster.groupId(definition));
        if (!Files.exists(archive.resolve("archive.db"))) {
            throw CommandFailure.failed(
                    "nothing has been kept of this group yet", "Run the server first: plainsong server run");
        }
        Report report = output.report();
        try (ArchiveReader reader = ArchiveReader.open(archive);
                Ed25519.SigningKey key = directory.readServerKey()) {
            TranscriptExport.Written written = TranscriptExport.write(definition, reader, key, target);
            report.line("Wrote " + written.entries() + " entries and " + written.blobs() + " blobs to " + target);
            report.result(written);
        }
        return ExitCode.OK;
    }

    private Signed<GroupDefinition> find(ServerDirectory directory) throws IOException {
        List<Signed<GroupDefinition>> found = new ArrayList<>();
        for (Signed<GroupDefinition> definition : directory.hosted()) {
            if (group == null || Roster.groupId(definition).value().hex().startsWith(group)) {
                found.add(definition);
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw CommandFailure.usage(
                found.isEmpty() ? "this server hosts no such group" : found.size() + " groups of this server fit",
                "Name one with --group ID; plainsong server status lists them.");
    }
}
