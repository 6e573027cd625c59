package org.plainsong.commands;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * Runs a picocli command the way all of Plainsong's commands run: {@code --help}, {@code --version} and {@code --debug}
 * everywhere, errors printed in one form by one place, the exit status as the result.
 */
public final class CommandRunner {
    private static final String DEBUG_FLAG = "--debug";
    private static final String DEBUG_VARIABLE = "PLAINSONG_DEBUG";
    private static final int USAGE_WIDTH = 100;

    private CommandRunner() {}

    /** Runs the command and ends the process with its exit status; for {@code main} methods only. */
    @SuppressForbidden("the one place that ends the process, after everything was printed")
    public static void main(Object command, String... args) {
        System.exit(execute(prepare(command, debugWanted(args)), args));
    }

    /**
     * Runs the command and returns its exit status.
     *
     * @param out receives what the command prints
     * @param err receives errors and progress
     */
    public static int run(Object command, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = prepare(command, debugWanted(args));
        line.setOut(out);
        line.setErr(err);
        return execute(line, args);
    }

    private static int execute(CommandLine line, String[] args) {
        int status = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        return status;
    }

    private static boolean debugWanted(String[] args) {
        List<String> beforeOperands =
                Arrays.stream(args).takeWhile(a -> !a.equals("--")).toList();
        return beforeOperands.contains(DEBUG_FLAG)
                || !System.getenv().getOrDefault(DEBUG_VARIABLE, "").isEmpty();
    }

    private static CommandLine prepare(Object command, boolean debug) {
        CommandLine line = new CommandLine(command);
        FailurePrinter printer = new FailurePrinter(debug);
        line.getCommandSpec()
                .addOption(OptionSpec.builder(DEBUG_FLAG)
                        .description("Show stack traces (also: PLAINSONG_DEBUG=1).")
                        .arity("0")
                        .type(boolean.class)
                        .scopeType(ScopeType.INHERIT)
                        .build());
        standardOptions(line);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler(printer)
                .setExecutionExceptionHandler(printer);
    }

    private static void standardOptions(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true).versionProvider(new PlainsongVersion());
        for (Map.Entry<String, CommandLine> child : line.getSubcommands().entrySet()) {
            standardOptions(child.getValue());
        }
    }
}
