package org.plainsong.server;

import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandRunner;
import org.plainsong.server.command.ConfigCommand;
import org.plainsong.server.command.ExportCommand;
import org.plainsong.server.command.HostCommand;
import org.plainsong.server.command.InitCommand;
import org.plainsong.server.command.RunCommand;
import org.plainsong.server.command.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry of {@code plainsong server}. */
@Command(
        name = "plainsong server",
        description = "An anytrust server: takes part in rounds and publishes the record.",
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            HostCommand.class,
            StatusCommand.class,
            ConfigCommand.class,
            ExportCommand.class
        },
        footer = {
            "",
            "From nothing to a running server:",
            "  plainsong server init --dir north --name north --operator \"Example e.V.\" --listen 127.0.0.1:8443",
            "  plainsong server host --dir north group.plainsong",
            "  plainsong server run --dir north"
        })
public final class ServerMain implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** For {@link #main} and for tests. */
    public ServerMain() {}

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "say which command");
        }
    }

    /** Runs one of the server's commands and ends the process with its exit status. */
    public static void main(String[] args) {
        CommandRunner.main(new ServerMain(), args);
    }
}
