package org.plainsong.audit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.plainsong.audit.source.DirectorySource;
import org.plainsong.audit.source.HttpsSource;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.PlainsongVersion;
import org.plainsong.commands.Report;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FormatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks one or more publications of a group's transcript, all checks: {@code plainsong audit DIR|URL… --group FILE}. */
@Command(
        name = "plainsong audit",
        subcommands = SpecCommand.class,
        description = {
            "Checks a published transcript with public keys alone: signatures, chain, layouts and floors computed anew, shares, shuffles, the log's tree.",
            "Several publications (servers, copies) are also compared with each other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  plainsong audit transcript/ --group group.plainsong",
            "  plainsong audit https://north.example:8443 https://east.example:8443 --group 7f3c…(64 hex digits)",
            "  plainsong audit spec",
            "",
            "Exit status: 0 everything was checked and holds, 1 the tool could not work, 2 usage,",
            "  3 a check does not hold, 4 split view (servers signed different histories),",
            "  6 incomplete (something could not be had), 7 older than --max-age."
        })
final class AuditCommand implements Callable<Integer> {
    private static final Pattern GROUP_ID = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int MOST_DEFINITION = 1 << 20;
    private static final int UNREADABLE = 1;
    private static final long PROGRESS_MILLIS = 2_000;

    @Parameters(arity = "0..*", paramLabel = "DIR|URL", description = "Directories or https URLs of servers.")
    private List<String> places = new ArrayList<>();

    @Option(
            names = "--group",
            paramLabel = "FILE|ID",
            description = "The group: its definition's file, or its id in hex. Have it from somebody you trust.")
    private @Nullable String group;

    @Option(
            names = "--max-age",
            paramLabel = "SECONDS",
            description = "Exit with 7 if the last record is older than this.")
    private @Nullable Long maxAgeSeconds;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        if (places.isEmpty()) {
            throw CommandFailure.usage("no transcript was named", "Name a directory or a server's https URL.");
        }
        if (group == null) {
            throw CommandFailure.usage(
                    "no group was named",
                    "Name it with --group FILE (the definition that you were given) or --group ID (64 hex digits):"
                            + " an audit that takes the group from the transcript itself would prove nothing.");
        }
        Report report = output.report();
        List<TranscriptSource> sources = new ArrayList<>();
        GroupReference reference = reference(group);
        for (String place : places) {
            sources.add(source(place, reference));
        }
        AuditReport found = audit(reference, sources, report);
        String version = PlainsongVersion.current();
        TextReport.lines(found, version).forEach(report::line);
        report.result(JsonReport.of(found, version));
        return found.outcome().exitCode();
    }

    private AuditReport audit(GroupReference reference, List<TranscriptSource> sources, Report report) {
        long now = Instant.now().toEpochMilli();
        long[] shown = {now};
        AuditSettings settings =
                new AuditSettings(now, Optional.ofNullable(maxAgeSeconds).map(Duration::ofSeconds), (done, of) -> {
                    long time = Instant.now().toEpochMilli();
                    if (time - shown[0] > PROGRESS_MILLIS) {
                        shown[0] = time;
                        report.progress("checked " + done + (of < 0 ? "" : " of " + of) + " entries");
                    }
                });
        try {
            return Audit.of(reference, sources, settings);
        } catch (SSLException e) {
            throw new CommandFailure(
                    UNREADABLE,
                    "no trusted connection: " + e.getMessage(),
                    "Compare the group's file with the one the admins have: a server that shows another key is not that"
                            + " server, or its key was changed by a roster entry. A directory can be audited without one.",
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    UNREADABLE, "a transcript could not be read: " + e.getMessage(), "Try again, or name a copy.", e);
        }
    }

    private static GroupReference reference(String group) throws IOException {
        if (GROUP_ID.matcher(group).matches()) {
            return GroupReference.ofId(new GroupId(ByteString.fromHex(group)));
        }
        Path file = path(group);
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage(
                    "--group " + group + " is neither a file nor 64 hex digits", "Name the group's file or its id.");
        }
        if (Files.size(file) > MOST_DEFINITION) {
            throw CommandFailure.usage(group + " is too large to be a group's definition", "Name the group's file.");
        }
        try {
            return GroupReference.ofDefinition(ByteString.wrap(Files.readAllBytes(file)));
        } catch (FormatException e) {
            throw CommandFailure.usage(
                    group + " is not a group's definition: " + e.getMessage(), "Name the group's file or its id.");
        }
    }

    private static TranscriptSource source(String place, GroupReference group) throws IOException {
        if (place.startsWith("https://")) {
            return server(place, group);
        }
        if (place.contains("://")) {
            throw CommandFailure.usage(
                    place + " is no https URL", "Transcripts are read over https or from a directory.");
        }
        Path directory = path(place);
        if (!Files.isDirectory(directory)) {
            throw CommandFailure.usage("there is no directory " + place, "Name a directory or a server's https URL.");
        }
        return new DirectorySource(directory);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage(
                    "'" + e.getInput() + "' is no path", "Name a file, a directory or an https URL.");
        }
    }

    private static TranscriptSource server(String place, GroupReference group) throws IOException {
        ServerUrl url = ServerUrl.parse(authorityOf(place))
                .orElseThrow(() -> CommandFailure.usage(
                        place + " is not of the form https://host:port", "Name the server as the group's file does."));
        List<ServerEntry> servers = group.servers().isEmpty() ? fetchServers(url, group.id()) : group.servers();
        ByteString pin = servers.stream()
                .filter(server ->
                        ServerUrl.parse(server.url()).filter(url::equals).isPresent())
                .findFirst()
                .map(ServerEntry::tlsPin)
                .orElseThrow(() -> CommandFailure.usage(
                        url.authority() + " is none of the servers that the group's definition names",
                        "Download its files and audit the directory, or name one of the group's servers."));
        return new HttpsSource(url, group.id(), Optional.of(pin));
    }

    /** The servers of a group of which only the id is known: the id proves the definition, whoever sends it. */
    private static List<ServerEntry> fetchServers(ServerUrl url, GroupId id) throws IOException {
        try (TranscriptSource anyKey = new HttpsSource(url, id, Optional.empty())) {
            ByteString definition = anyKey.read(TranscriptFiles.GROUP, MOST_DEFINITION)
                    .orElseThrow(() -> CommandFailure.failed(
                            url.authority() + " does not publish this group", "Check the id and the server."));
            GroupReference fetched = GroupReference.ofDefinition(definition);
            if (!fetched.id().equals(id)) {
                throw CommandFailure.failed(
                        url.authority() + " sends the definition of another group", "Check the id and the server.");
            }
            return fetched.servers();
        } catch (FormatException e) {
            throw CommandFailure.failed(
                    url.authority() + " sends something that is no definition: " + e.getMessage(),
                    "Check the id and the server.");
        }
    }

    /** The URL without what stands behind host and port, so that a URL copied from a browser does too. */
    private static String authorityOf(String place) {
        try {
            URI uri = URI.create(place);
            return "https://" + uri.getAuthority();
        } catch (IllegalArgumentException e) {
            return place;
        }
    }
}
