package org.plainsong.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.PlainsongVersion;

/** The shell script that a newcomer runs; only what needs no build of its own. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "plainsong").toAbsolutePath().normalize();

    record Outcome(int status, String out, String err) {}

    @TempDir
    Path elsewhere;

    private Outcome run(Map<String, String> environment, Path launcher, String... args)
            throws IOException, InterruptedException {
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Arrays.stream(args))
                        .toList())
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    @Test
    void aloneItShowsWhatThereIsWithExamples() throws Exception {
        Outcome outcome = run(Map.of(), LAUNCHER);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .contains("demo", "server", "member", "group", "audit", "simulate", "bench", "desktop", "version")
                .contains("Examples:", "./plainsong demo --headless");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void unknownCommandIsAUsageError() throws Exception {
        Outcome outcome = run(Map.of(), LAUNCHER, "sing");

        assertThat(outcome.status()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("there is no command 'sing'", "plainsong help");
    }

    @Test
    void worksThroughALinkToALinkFromAnotherDirectory() throws Exception {
        Path first = Files.createSymbolicLink(elsewhere.resolve("first"), LAUNCHER);
        Path directory = Files.createDirectory(elsewhere.resolve("directory"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("../first"));

        Outcome outcome = run(Map.of(), second, "version");

        Files.delete(second);
        Files.delete(first);
        assertThat(outcome.out()).contains("plainsong " + PlainsongVersion.current());
    }

    @Test
    void findsTheJdk25WhateverJavaHomeSays() throws Exception {
        String jdk = System.getProperty("java.home");

        Outcome outcome = run(Map.of("JAVA_HOME", "/nowhere", "JAVA25_HOME", jdk), LAUNCHER, "version");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("Java 25");
    }
}
