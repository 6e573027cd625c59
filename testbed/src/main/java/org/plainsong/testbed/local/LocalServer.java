package org.plainsong.testbed.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandRunner;
import org.plainsong.server.ServerMain;

/** One server of a local group: its directory, and the process that runs it. Standard error of the process goes to a log file in the directory. */
public final class LocalServer implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private LocalServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Makes a server in this directory with {@code plainsong server init}. */
    static LocalServer init(Path directory, String name, String operator, int port) {
        command(
                "init",
                "--dir",
                directory.toString(),
                "--name",
                name,
                "--operator",
                operator,
                "--listen",
                "127.0.0.1:" + port,
                "--url",
                "https://127.0.0.1:" + port);
        return new LocalServer(directory, port);
    }

    /** Consents to a definition, or hosts it once all have, with {@code plainsong server host}. */
    void host(Path definition) {
        command("host", "--dir", directory.toString(), "--yes", definition.toString());
    }

    /** Writes its transcript as files with {@code plainsong server export}. */
    public void export(Path target) {
        command("export", "--dir", directory.toString(), target.toString());
    }

    private static void command(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = CommandRunner.run(new ServerMain(), new PrintWriter(out), new PrintWriter(err), args);
        if (status != 0) {
            throw new IllegalStateException(
                    "plainsong server " + String.join(" ", args) + " ended with " + status + ": " + err);
        }
    }

    /** Its directory. */
    public Path directory() {
        return directory;
    }

    /** File with its signed card. */
    Path card() {
        return directory.resolve("server.card");
    }

    /** Where it is reached. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** What its process has written to standard error, in all its runs. */
    public Path log() {
        return directory.resolve("server.log");
    }

    /** Id of its process; empty if none runs. */
    public java.util.Optional<Long> pid() {
        Process running = process;
        return running == null || !running.isAlive()
                ? java.util.Optional.empty()
                : java.util.Optional.of(running.pid());
    }

    /** Starts its process; it may not listen yet when this returns. */
    CompletableFuture<Void> start(List<String> jvmOptions) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow");
        line.add("-Djava.awt.headless=true");
        line.addAll(jvmOptions);
        line.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ServerChild.class.getName(),
                "run",
                "--dir",
                directory.toString()));
        Process started = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("server-output").start(() -> read(started, ready));
        return ready;
    }

    private void read(Process started, CompletableFuture<Void> ready) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                if (text.startsWith("READY")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(
                new IOException("the server in " + directory + " ended before it listened: see " + log()));
    }

    /** Waits until a start has come to listening. */
    static void await(List<CompletableFuture<Void>> starts) throws IOException, InterruptedException {
        for (CompletableFuture<Void> start : starts) {
            try {
                start.get(START_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IOException(
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
            } catch (TimeoutException e) {
                throw new IOException("a server did not listen within " + START_SECONDS + " s", e);
            }
        }
    }

    /** Kills its process at once, as a power cut would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Last lines of its log, for an error report. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        kill();
    }
}
