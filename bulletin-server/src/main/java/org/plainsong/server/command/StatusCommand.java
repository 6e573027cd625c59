package org.plainsong.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.server.hosting.AdminSocket;
import org.plainsong.server.hosting.GroupStatus;
import org.plainsong.server.hosting.ProcessStatus;
import org.plainsong.server.hosting.ServerDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** {@code plainsong server status}. */
@Command(
        name = "status",
        description = {
            "Shows how a running server is: groups, rounds, peers, what each group waits for, disk.",
            "Exit status 0 if every group runs rounds, 4 if no server answers, 5 if a group does not run rounds."
        },
        footer = {"", "Example:", "  plainsong server status --dir north --json"})
public final class StatusCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        ServerDirectory directory = options.existing();
        Path socket = directory
                .root()
                .resolve(options.load(directory.config()).config().admin().socket());
        ProcessStatus status = JsonMapper.builder().build().readValue(ask(socket), ProcessStatus.class);
        Report report = output.report();
        print(report, status);
        report.result(status);
        boolean good = !status.groups().isEmpty()
                && status.groups().stream().allMatch(group -> group.notReady().isEmpty());
        return good ? ExitCode.OK : ExitCode.DEGRADED;
    }

    private static String ask(Path socket) {
        try {
            return AdminSocket.ask(socket, "status");
        } catch (IOException e) {
            throw CommandFailure.unreachable(
                    "no server answers at " + socket, "Start it: plainsong server run --dir " + socket.getParent());
        }
    }

    private static void print(Report report, ProcessStatus status) {
        report.line("Listening on " + status.listening() + ", " + status.connections() + " connections, "
                + status.refused() + " turned away, " + status.freeBytes() / MEBIBYTE + " MiB free, TLS group "
                + (status.hybridTls() ? "X25519MLKEM768" : "X25519 only"));
        if (status.groups().isEmpty()) {
            report.line("No group is hosted. Next: plainsong server host GROUPFILE");
        }
        for (GroupStatus group : status.groups()) {
            report.line("");
            report.line("Group " + group.name() + "  (" + group.group() + ")");
            report.line("  " + group.phase() + ", epoch " + group.epoch() + ", round " + group.round()
                    + (group.attempt() > 0 ? " attempt " + group.attempt() : "") + ", " + group.entries() + " entries");
            report.line("  crowd " + group.crowd() + ", connected " + group.connected() + ", servers up "
                    + group.peersUp() + " of " + group.servers());
            Map<String, String> optional = new java.util.LinkedHashMap<>();
            optional.put("waits for", group.waitingFor());
            optional.put("last failure", group.lastFailure());
            optional.put("disk", group.disk());
            optional.forEach((what, text) -> {
                if (!text.isEmpty()) {
                    report.line("  " + what + ": " + text);
                }
            });
            group.notReady().forEach(what -> report.line("  not ready: " + what));
        }
    }
}
