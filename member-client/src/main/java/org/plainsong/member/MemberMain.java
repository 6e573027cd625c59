package org.plainsong.member;

import org.plainsong.commands.CommandRunner;
import picocli.CommandLine.Command;

/** Entry of {@code plainsong member} and {@code plainsong group}. */
@Command(name = "plainsong", description = "Take part in a group, or found one.")
public final class MemberMain {
    private MemberMain() {}

    /** Runs one of the member's commands and ends the process with its exit status. */
    public static void main(String[] args) {
        CommandRunner.main(new MemberMain(), args);
    }
}
