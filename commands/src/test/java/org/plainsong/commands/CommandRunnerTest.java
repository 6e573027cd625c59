package org.plainsong.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandRunnerTest {
    record Answer(int rounds, String audit) {}

    record Outcome(int status, String out, String err) {}

    @Command(
            name = "plainsong thing",
            subcommands = {Count.class, Fail.class})
    static final class Thing {}

    @Command(
            name = "count",
            description = "Counts.",
            footerHeading = "Example:%n",
            footer = "  plainsong thing count --json")
    static final class Count implements Callable<Integer> {
        @Mixin
        OutputOptions output;

        @Override
        public Integer call() {
            Report report = output.report();
            report.progress("counting");
            report.line("4 rounds, audit clean");
            report.result(new Answer(4, "clean"));
            return ExitCode.OK;
        }
    }

    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
        @Parameters
        String how;

        @Mixin
        OutputOptions output;

        @Override
        public Integer call() throws IOException {
            switch (how) {
                case "refused" -> throw CommandFailure.refused("only 3 members are here", "Wait for more members.");
                case "unreachable" -> throw CommandFailure.unreachable("server 2 does not answer", "Try again later.");
                case "usage" -> throw CommandFailure.usage("server.toml line 3: unknown key", "Remove it.");
                case "file" -> Files.readString(Path.of("/nowhere/at/all"));
                case "bug" -> throw new IllegalStateException("round 7 after round 9");
                default -> throw CommandFailure.failed("cannot " + how, "Do it otherwise.");
            }
            return ExitCode.OK;
        }
    }

    private static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = CommandRunner.run(new Thing(), new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(status, out.toString(), err.toString());
    }

    @Test
    void printsLinesForPeopleAndKeepsProgressApart() {
        Outcome outcome = run("count");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).isEqualToIgnoringNewLines("4 rounds, audit clean");
        assertThat(outcome.err()).isEqualToIgnoringNewLines("counting");
    }

    @Test
    void printsNothingButJsonWhenAskedForJson() {
        Outcome outcome = run("count", "--json", "--quiet");

        JsonNode answer = JsonMapper.shared().readTree(outcome.out());
        assertThat(answer.path("rounds").asInt()).isEqualTo(4);
        assertThat(answer.path("audit").asString()).isEqualTo("clean");
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"refused,3", "unreachable,4", "usage,2", "file,1", "bug,1", "anything,1"})
    void exitStatusTellsTheKindOfFailure(String how, int status) {
        assertThat(run("fail", how).status()).isEqualTo(status);
    }

    @Test
    void saysWhatWasWrongAndWhatToDoNext() {
        assertThat(run("fail", "refused").err())
                .startsWith("plainsong thing fail: only 3 members are here")
                .contains("Wait for more members.")
                .doesNotContain("Exception", "at org.");
    }

    @Test
    void namesTheMissingFileInWords() {
        assertThat(run("fail", "file").err())
                .contains("there is no /nowhere/at/all")
                .doesNotContain(NoSuchFileException.class.getSimpleName());
    }

    @Test
    void callsABugABugWithWhatToReport() {
        assertThat(run("fail", "bug").err())
                .contains("internal error", "round 7 after round 9", "Please report")
                .doesNotContain("    at ");
    }

    @Test
    void showsTheStackTraceWithDebugOnly() {
        assertThat(run("fail", "bug", "--debug").err()).contains("    at org.plainsong.commands");
        assertThat(run("--debug", "fail", "bug").err()).contains("    at org.plainsong.commands");
    }

    @Test
    void writesFailuresAsJsonWhenAskedForJson() {
        JsonNode error = JsonMapper.shared()
                .readTree(run("fail", "unreachable", "--json").err());

        assertThat(error.at("/error/exit").asInt()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(error.at("/error/what").asString()).isEqualTo("server 2 does not answer");
        assertThat(error.at("/error/next").asString()).isEqualTo("Try again later.");
    }

    @Test
    void wrongOptionIsAUsageErrorThatPointsToHelp() {
        Outcome outcome = run("count", "--jsn");

        assertThat(outcome.status()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--jsn").contains("--json");
    }

    @Test
    void missingSubcommandShowsTheHelp() {
        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("count", "fail");
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        for (String[] args : List.of(new String[] {"--help"}, new String[] {"count", "--help"})) {
            Outcome outcome = run(args);
            assertThat(outcome.status()).isZero();
            assertThat(outcome.out()).contains("Usage: plainsong thing", "--debug", "--version");
        }
        assertThat(run("count", "--help").out()).contains("Example:", "plainsong thing count --json");
        assertThat(run("count", "--version").out()).contains("plainsong " + PlainsongVersion.current());
    }

    @Test
    void versionIsTheOneMavenBuilt() {
        assertThat(PlainsongVersion.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void failureNeverEndsWithStatusZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandFailure(0, "what", "next"));
    }
}
