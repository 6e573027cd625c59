package org.plainsong.testbed.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong bench pads}. */
@Command(
        name = "pads",
        description = {
            "Measure the XOR of all members' keystreams, the hot loop of a server, beside openssl.",
            "",
            "The ratio is to what openssl itself reaches with 16 KiB pieces on one core. The goal is 1.5 or more from"
                    + " 16 KiB up on one core and 3 or more on two."
        },
        footer = {"", "Example: plainsong bench pads --members 100 --json"})
public final class PadBenchCommand implements Callable<Integer> {
    private static final List<Integer> SIZES = List.of(64, 1024, 16 * 1024, 128 * 1024, 1024 * 1024);

    private static final int OPENSSL_SECONDS = 1;

    @Option(names = "--members", description = "Keystreams in each round (default: ${DEFAULT-VALUE}).")
    private int members = 1000;

    @Option(
            names = "--millis",
            description = "Time for each size and number of threads, in ms (default: ${DEFAULT-VALUE}).")
    private int millis = 1500;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (members < 2 || members > 100_000 || millis < 1 || millis > 600_000) {
            throw CommandFailure.usage(
                    members + " members for " + millis + " ms cannot be measured",
                    "Take 2 to 100000 members and 1 to 600000 ms.");
        }
        Report report = output.report();
        PadBench.Result result = new PadBench(
                        members,
                        SIZES,
                        millis,
                        size -> OpensslSpeed.bytesPerSecond(size, OPENSSL_SECONDS),
                        report::progress)
                .run();
        report.result(result);
        print(result, report);
        return ExitCode.OK;
    }

    private static void print(PadBench.Result result, Report report) {
        report.line(result.members() + " keystreams of AES-256-CTR, beside " + result.openssl());
        if (result.yardsticks().isEmpty()) {
            report.line(
                    "No ratios: openssl was not found or its answer was not understood. Install openssl 3 for them.");
        }
        report.line(String.format(Locale.ROOT, "%10s %8s %8s %12s %8s", "slot", "threads", "GB/s", "round", "ratio"));
        for (PadBench.Cell cell : result.cells()) {
            Double ratio = cell.ratio();
            report.line(String.format(
                    Locale.ROOT,
                    "%8d B %8d %8.2f %9.1f µs %8s",
                    cell.size(),
                    cell.threads(),
                    cell.gigabytesPerSecond(),
                    cell.microsPerRound(),
                    ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio)));
        }
        for (PadBench.Yardstick yardstick : result.yardsticks()) {
            report.line(String.format(
                    Locale.ROOT,
                    "%8d B  openssl speed %8.2f GB/s on one core%s",
                    yardstick.size(),
                    yardstick.gigabytesPerSecond(),
                    yardstick.size() == PadBench.YARDSTICK_SIZE ? "  <- ratio 1" : ""));
        }
    }
}
