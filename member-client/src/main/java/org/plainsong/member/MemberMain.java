package org.plainsong.member;

import ch.qos.logback.classic.Level;
import org.plainsong.commands.CommandRunner;
import org.plainsong.member.command.GroupCommand;
import org.plainsong.member.command.MemberCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Entry of {@code plainsong member} and {@code plainsong group}. */
@Command(
        name = "plainsong",
        description = "Take part in a group, or found one.",
        subcommands = {MemberCommand.class, GroupCommand.class})
public final class MemberMain {
    private MemberMain() {}

    /** Runs one of the member's commands and ends the process with its exit status. */
    public static void main(String[] args) {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            // Below that the network library names addresses.
            root.setLevel(Level.WARN);
        }
        CommandRunner.main(new MemberMain(), args);
    }
}
