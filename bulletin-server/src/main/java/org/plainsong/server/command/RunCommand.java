package org.plainsong.server.command;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.server.config.ServerConfig;
import org.plainsong.server.hosting.Nodes;
import org.plainsong.server.hosting.ServerDirectory;
import org.plainsong.server.hosting.ServerProcess;
import org.plainsong.server.hosting.SystemRandomness;
import org.plainsong.server.hosting.WorkPool;
import org.plainsong.server.net.PinnedTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plainsong server run}. */
@Command(
        name = "run",
        description = {
            "Runs the server until it is told to stop (Ctrl-C, SIGTERM); it then finishes the rounds in hand.",
            "Prints one line that begins with READY once it listens. Log lines go to standard error."
        },
        footer = {"", "Example:", "  plainsong server run --dir north"})
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerDirectory directory = options.existing();
        ServerConfig config = options.load(directory.config()).config();
        LogSetup.apply(config.logging());
        FileLock lock = directory
                .lock()
                .orElseThrow(() -> CommandFailure.refused(
                        "another process runs the server in " + directory.root(),
                        "Stop it first; plainsong server status shows how it is."));
        try (lock) {
            run(directory, config);
        }
        return ExitCode.OK;
    }

    private void run(ServerDirectory directory, ServerConfig config) throws IOException {
        Randomness random = new SystemRandomness();
        int threads = config.work().computeThreads();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Ed25519.SigningKey key = directory.readServerKey();
                WorkPool work = new WorkPool(
                        threads > 0 ? threads : Runtime.getRuntime().availableProcessors())) {
            ServerProcess process = ServerProcess.start(directory, config, Nodes.of(key, random, work), random);
            if (!PinnedTls.hybridAvailable()) {
                LOG.warn("this platform has no TLS library with X25519MLKEM768; connections use X25519 alone");
            }
            Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> {
                LOG.info("stopping: finishing the rounds in hand");
                process.drainAndClose();
                LOG.info("stopped");
                stopped.countDown();
            });
            Runtime.getRuntime().addShutdownHook(stop);
            ready(config, process);
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ready(ServerConfig config, ServerProcess process) {
        if (spec == null) {
            throw new IllegalStateException("called without a command line");
        }
        spec.commandLine()
                .getOut()
                .println("READY " + config.server().listen().host() + ":" + process.port() + " groups="
                        + process.groupCount());
        spec.commandLine().getOut().flush();
    }
}
