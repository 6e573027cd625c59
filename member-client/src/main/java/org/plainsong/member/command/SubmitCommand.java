package org.plainsong.member.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.founding.GroupDirectory;
import org.plainsong.member.net.Connections;
import org.plainsong.member.net.Endpoint;
import org.plainsong.member.net.PublicRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong group submit}. */
@Command(
        name = "submit",
        description = "Hand the newest roster entries to every server; they count from the next epoch on.",
        footer = {"", "Example:  plainsong group submit DIR"})
final class SubmitCommand implements Callable<Integer> {
    private static final int OK = 200;

    @Parameters(paramLabel = "DIR", description = "Directory of the group's files.")
    private Path directory = Path.of("");

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        GroupDirectory group = new GroupDirectory(directory);
        List<Map<String, Object>> results = new ArrayList<>();
        boolean accepted = false;
        try (Connections connections = new Connections(1)) {
            Roster roster = group.roster();
            List<Signed<RosterEntry>> entries = group.entries();
            for (ServerEntry server : roster.servers()) {
                String answer = hand(connections, server, roster, entries);
                accepted |= answer.equals("accepted");
                output.report().line(server.name() + ": " + answer);
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("server", server.name());
                result.put("answer", answer);
                results.add(result);
            }
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Take the file anew from another admin.", e);
        }
        output.report().result(results);
        return accepted ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Older entries first: a server that has them says so, and the newest decides. */
    private static String hand(
            Connections connections, ServerEntry server, Roster roster, List<Signed<RosterEntry>> entries) {
        Endpoint endpoint =
                Endpoint.of(server).orElseThrow(() -> new IllegalStateException("a roster with a URL of another form"));
        String last = "there is no roster entry yet";
        for (Signed<RosterEntry> entry : entries) {
            try {
                PublicRequest.Answer answer = PublicRequest.postRoster(
                                connections, endpoint, roster.groupId(), Envelopes.encode(entry))
                        .join();
                String text = new String(answer.body().toByteArray(), StandardCharsets.UTF_8).strip();
                last = answer.status() == OK ? "accepted" : text;
            } catch (CompletionException e) {
                return e.getCause() == null
                        ? "failed"
                        : String.valueOf(e.getCause().getMessage());
            }
        }
        return last;
    }
}
