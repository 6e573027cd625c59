package org.plainsong.commands;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that prints an answer; add it with {@code @Mixin OutputOptions output}. */
public final class OutputOptions {
    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whether the answer is printed as JSON. */
    public boolean json() {
        return json;
    }

    /** Where the command prints: its own output for the answer, the error output for progress. */
    public Report report() {
        if (command == null) {
            throw new IllegalStateException("report() before the command line was parsed");
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter progress = command.commandLine().getErr();
        return new Report(out, progress, json, quiet);
    }
}
