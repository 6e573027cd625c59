package org.plainsong.audit;

import org.plainsong.commands.CommandRunner;
import picocli.CommandLine.Command;

/** Entry of {@code plainsong audit}. */
@Command(name = "plainsong audit", description = "Check a published transcript with public keys alone.")
public final class AuditMain {
    private AuditMain() {}

    /** Checks a transcript and ends the process with the result as its exit status. */
    public static void main(String[] args) {
        CommandRunner.main(new AuditMain(), args);
    }
}
