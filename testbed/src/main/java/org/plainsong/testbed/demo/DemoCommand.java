package org.plainsong.testbed.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.core.board.BoardLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong demo}. */
@Command(
        name = "demo",
        description = {
            "Runs a whole group on this machine: servers as processes of their own, members, real posts, private replies,",
            "one member and one server restarted on the way, and an audit of everything that was published.",
            "Exit status 0 only if every post arrived whole at every member, every private reply opened for its author and",
            "nobody else, and the audit is clean."
        },
        footer = {
            "",
            "Examples:",
            "  plainsong demo --headless",
            "  plainsong demo --headless --members 6 --post letter.txt --json"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int MAX_MEMBERS = 64;
    private static final int MAX_SERVERS = 8;

    @Option(names = "--headless", description = "Without a window.")
    private boolean headless;

    @Option(
            names = "--members",
            paramLabel = "N",
            defaultValue = "12",
            description = "Members, 3 to 64. Standard: ${DEFAULT-VALUE}")
    private int members;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Servers, 2 to 8. Standard: ${DEFAULT-VALUE}")
    private int servers;

    @Option(
            names = "--post",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Texts to post. Standard: this repository's docs.")
    private List<Path> posts = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "240",
            description = "Gives up after this long. Standard: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to put everything; must be empty or new. Standard: a new temporary directory.")
    private @Nullable Path directory;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--members", members, 3, MAX_MEMBERS);
        check("--servers", servers, 2, MAX_SERVERS);
        check("--seconds", seconds, 1, 86_400);
        Report report = output.report();
        if (!headless) {
            report.progress("There is no window yet: going on without one, as with --headless.");
        }
        List<String> texts = texts();
        DemoReport result = new Demo(report, place(), members, servers, texts, seconds).run();
        result.lines().forEach(report::line);
        report.result(result);
        return result.good() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailure.usage(
                    option + " " + value + " is not possible", "Give a number from " + least + " to " + most + ".");
        }
    }

    private Path place() throws IOException {
        Path chosen = directory;
        if (chosen == null) {
            return Files.createTempDirectory("plainsong-demo-");
        }
        if (Files.exists(chosen)) {
            try (Stream<Path> inside = Files.list(chosen)) {
                if (inside.findAny().isPresent()) {
                    throw CommandFailure.refused(chosen + " is not empty", "Name a new directory, or empty this one.");
                }
            }
        }
        return Files.createDirectories(chosen).toAbsolutePath().normalize();
    }

    private List<String> texts() throws IOException {
        List<Path> files = posts.isEmpty() ? docs() : posts;
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw CommandFailure.usage(file + " is not a file", "Name text files with --post.");
            }
            if (Files.size(file) > BoardLimits.MAX_TEXT_BYTES) {
                throw CommandFailure.usage(
                        file + " has more than " + BoardLimits.MAX_TEXT_BYTES + " bytes", "Post it in parts.");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                texts.add(text);
            }
        }
        if (texts.isEmpty()) {
            throw CommandFailure.usage("there is nothing to post", "Name text files with --post.");
        }
        return texts;
    }

    private static List<Path> docs() throws IOException {
        Path docs = Path.of(System.getProperty("plainsong.home", ".")).resolve("docs");
        if (!Files.isDirectory(docs)) {
            throw CommandFailure.usage("there is no directory " + docs, "Name texts to post with --post FILE.");
        }
        try (Stream<Path> all = Files.walk(docs)) {
            return all.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> path.toFile().length() <= BoardLimits.MAX_TEXT_BYTES)
                    .sorted()
                    .toList();
        }
    }
}
