package org.plainsong.audit;

import org.plainsong.commands.CommandRunner;

/** {@code plainsong audit}. */
public final class AuditMain {
    private AuditMain() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        CommandRunner.main(new AuditCommand(), args);
    }
}
