package org.plainsong.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns an exception into what a person reads and a script can tell apart. */
final class FailurePrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String JSON_FLAG = "--json";

    private final boolean debug;

    FailurePrinter(boolean debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + e.getMessage());
        boolean unmatched = e instanceof UnmatchedArgumentException;
        boolean suggested = unmatched && UnmatchedArgumentException.printSuggestions(e, err);
        boolean subcommandMissing = !unmatched && !command.getSubcommands().isEmpty();
        if (!suggested && (subcommandMissing || e instanceof MissingParameterException)) {
            command.usage(err);
        } else {
            err.println("  Try: " + name + " --help");
        }
        trace(e, err);
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        CommandFailure failure = asFailure(e, command);
        if (parsed.expandedArgs().contains(JSON_FLAG)) {
            err.println(Report.failureAsJson(failure));
        } else {
            err.println(command.getCommandSpec().qualifiedName() + ": " + failure.what());
            err.println("  " + failure.next());
        }
        trace(e, err);
        err.flush();
        return failure.exitCode();
    }

    private static CommandFailure asFailure(Exception e, CommandLine command) {
        return switch (e) {
            case CommandFailure f -> f;
            case IOException io -> FileFailures.describe(io);
            case UncheckedIOException u when u.getCause() != null -> FileFailures.describe(u.getCause());
            default -> bug(e, command);
        };
    }

    private static CommandFailure bug(Exception e, CommandLine command) {
        StackTraceElement[] frames = e.getStackTrace();
        String where = frames.length == 0 ? "" : " at " + frames[0];
        return new CommandFailure(
                ExitCode.FAILED,
                "internal error: " + e + where,
                "This is a bug in Plainsong. Please report it with this line, the version (plainsong version) and the"
                        + " stack trace that " + command.getCommandSpec().qualifiedName() + " --debug prints.",
                e);
    }

    private void trace(Exception e, PrintWriter err) {
        if (debug) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                err.println(t);
                for (StackTraceElement frame : t.getStackTrace()) {
                    err.println("    at " + frame);
                }
            }
        }
    }
}
