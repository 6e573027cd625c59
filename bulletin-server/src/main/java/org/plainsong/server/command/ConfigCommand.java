package org.plainsong.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.server.config.ConfigExample;
import org.plainsong.server.config.LoadedConfig;
import org.plainsong.server.config.Origin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plainsong server config}. */
@Command(
        name = "config",
        description = "Checks, shows and explains the configuration.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Example.class, ConfigCommand.Show.class})
public final class ConfigCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "say which: config check, config example or config show");
        }
    }

    /** {@code config check}. */
    @Command(
            name = "check",
            description = "Reads the configuration and the keys as `run` would; exit status 0 if they can be used.",
            footer = {"", "Example:", "  plainsong server config check --dir north"})
    public static final class Check implements Callable<Integer> {
        @Mixin
        private DirectoryOptions options = new DirectoryOptions();

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "Only this file, whatever directory.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            Path checked = file == null ? options.directory().config() : file;
            options.load(checked);
            if (file == null) {
                options.existing().readServerKey().close();
                options.existing().readTls();
            }
            Report report = output.report();
            report.line(checked + ": no mistakes found");
            report.result(java.util.Map.of("file", checked.toString(), "ok", true));
            return ExitCode.OK;
        }
    }

    /** {@code config example}. */
    @Command(
            name = "example",
            description = "Prints a configuration with every key, its meaning and its standard value.",
            footer = {"", "Example:", "  plainsong server config example > server.toml"})
    public static final class Example implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec == null) {
                throw new IllegalStateException("called without a command line");
            }
            spec.commandLine().getOut().print(ConfigExample.text());
            return ExitCode.OK;
        }
    }

    /** {@code config show}. */
    @Command(
            name = "show",
            description = "Prints each value that holds and where it comes from: flag, environment, file or standard.",
            footer = {"", "Example:", "  plainsong server config show --dir north limits.connections"})
    public static final class Show implements Callable<Integer> {
        @Mixin
        private DirectoryOptions options = new DirectoryOptions();

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Parameters(arity = "0..1", paramLabel = "SECTION.KEY", description = "Only this value.")
        private @Nullable String key;

        @Override
        public Integer call() throws IOException {
            LoadedConfig loaded = options.load(options.directory().config());
            var shown = loaded.origins().stream()
                    .filter(origin -> key == null || origin.key().equals(key))
                    .toList();
            if (shown.isEmpty()) {
                throw CommandFailure.usage(
                        "there is no key " + key, "plainsong server config show without a key lists all.");
            }
            Report report = output.report();
            for (Origin origin : shown) {
                report.line(
                        key == null
                                ? origin.key() + " = " + origin.value() + "   (" + origin.source() + ")"
                                : origin.value());
            }
            report.result(shown);
            return ExitCode.OK;
        }
    }
}
