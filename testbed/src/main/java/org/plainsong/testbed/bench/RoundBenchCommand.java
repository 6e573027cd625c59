package org.plainsong.testbed.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong bench rounds}. */
@Command(
        name = "rounds",
        description = {
            "Measure rounds and setups of a whole group on this machine: servers as processes of their own, all members in one.",
            "One member keeps a slot of --slot bytes open; 0 measures idle rounds."
        },
        footer = {
            "",
            "Examples:",
            "  plainsong bench rounds --members 100 --slot 4096",
            "  plainsong bench rounds --members 1000 --slot 131072 --rounds 10"
        })
public final class RoundBenchCommand implements Callable<Integer> {
    @Option(names = "--members", defaultValue = "20", description = "Members, 3 to 2000. Standard: ${DEFAULT-VALUE}")
    private int members;

    @Option(names = "--servers", defaultValue = "3", description = "Servers, 2 to 8. Standard: ${DEFAULT-VALUE}")
    private int servers;

    @Option(
            names = "--slot",
            defaultValue = "4096",
            paramLabel = "BYTES",
            description =
                    "Length of the open slot: 256 times a power of two up to 131072, or 0. Standard: ${DEFAULT-VALUE}")
    private int slot;

    @Option(names = "--rounds", defaultValue = "100", description = "Rounds that count. Standard: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--warmup",
            defaultValue = "50",
            description = "Rounds before them that do not count. Standard: ${DEFAULT-VALUE}")
    private int warmup;

    @Option(
            names = "--setups",
            defaultValue = "2",
            description = "Setups to measure after the first. Standard: ${DEFAULT-VALUE}")
    private int setups;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean slotGood = slot == 0 || (slot >= 256 && slot <= 131_072 && Integer.bitCount(slot) == 1);
        if (members < 3
                || members > 2000
                || servers < 2
                || servers > 8
                || rounds < 1
                || warmup < 0
                || setups < 0
                || !slotGood) {
            throw CommandFailure.usage(
                    "these numbers cannot be measured",
                    "Take 3 to 2000 members, 2 to 8 servers, a slot of 0 or 256 to 131072 bytes (a power of two).");
        }
        Report report = output.report();
        RoundBench.Result result = new RoundBench(
                        new RoundBench.Settings(members, servers, slot, rounds, warmup, setups), report::progress)
                .run();
        print(report, result);
        report.result(result);
        return ExitCode.OK;
    }

    private static void print(Report report, RoundBench.Result r) {
        report.line(String.format(
                Locale.ROOT,
                "%d members, %d servers (a process each), one slot of %d bytes: %d bytes a member a round",
                r.settings().members(),
                r.settings().servers(),
                r.settings().slotBytes(),
                r.vectorBytes()));
        report.line(String.format(
                Locale.ROOT,
                "round, from open to output at everybody: median %.1f ms, 95th percentile %.1f ms (%d rounds after %d left out)",
                r.medianMillis(),
                r.p95Millis(),
                r.roundsMeasured(),
                r.settings().warmup()));
        Double dissent = r.dissentMillis();
        if (dissent != null) {
            report.line(String.format(
                    Locale.ROOT,
                    "  Dissent v2, measured elsewhere on this kind of machine: %.1f ms; ours takes %.2f of that",
                    dissent,
                    r.medianMillis() / dissent));
        }
        RoundBench.Split split = r.split();
        report.line(String.format(
                Locale.ROOT,
                "  processor ms a round, all processes: pads %.2f, signatures %.2f, hashing %.2f, network and the rest %.2f; waiting %.2f ms",
                split.pads(),
                split.signatures(),
                split.hashing(),
                split.networkAndRest(),
                split.waiting()));
        report.line(String.format(
                Locale.ROOT,
                "  processor ms a member a round: at its client %.3f, at all servers %.3f",
                r.memberCpuMillisPerRound() / r.settings().members(),
                r.serverCpuMillisPerRound() / r.settings().members()));
        report.line(String.format(
                Locale.ROOT,
                "  largest memory: a server %d MiB, the process of all members %d MiB; all servers read and write %d KiB a round",
                r.serverPeakMiB(),
                r.memberPeakMiB(),
                r.serverKiBPerRound()));
        report.line(String.format(
                Locale.ROOT,
                "setup: first, with connecting, %.0f ms; later ones %s ms",
                r.firstSetupMillis(),
                millis(r)));
        report.line(
                "The members of one process read each record once for all of them and check its signatures once; everything else each does itself.");
    }

    private static String millis(RoundBench.Result r) {
        StringBuilder text = new StringBuilder();
        for (double each : r.setupMillis()) {
            text.append(text.isEmpty() ? "" : ", ").append(Math.round(each));
        }
        return text.isEmpty() ? "not measured:" : text.toString();
    }
}
