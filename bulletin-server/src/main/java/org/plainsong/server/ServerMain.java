package org.plainsong.server;

import org.plainsong.commands.CommandRunner;
import picocli.CommandLine.Command;

/** Entry of {@code plainsong server}. */
@Command(name = "plainsong server", description = "An anytrust server: takes part in rounds and publishes the record.")
public final class ServerMain {
    private ServerMain() {}

    /** Runs one of the server's commands and ends the process with its exit status. */
    public static void main(String[] args) {
        CommandRunner.main(new ServerMain(), args);
    }
}
