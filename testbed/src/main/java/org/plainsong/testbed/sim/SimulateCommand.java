package org.plainsong.testbed.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong simulate}. */
@Command(
        name = "simulate",
        description = {
            "Run whole groups in one process, driven by a seed: servers, members, network, disks and their faults.",
            "",
            "The same seed gives the same run. What must never happen is looked at after every event; at the end"
                    + " every post must have arrived once everywhere and an auditor checks every server's transcript."
        },
        footer = {"", "Example: plainsong simulate --seed 42 --trace"})
public final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--seed", paramLabel = "N", description = "Replay one run and print what happened.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "FROM..TO", description = "Run these, and list those that fail.")
    private @Nullable String seeds;

    @Option(names = "--servers", paramLabel = "M", description = "Servers instead of what the seed says.")
    private int servers;

    @Option(names = "--members", paramLabel = "N", description = "Members instead of what the seed says.")
    private int members;

    @Option(names = "--posts", paramLabel = "N", description = "Posts instead of what the seed says.")
    private int posts;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "Faults instead of what the seed says: none, all, or some of delay, repeat, disconnect,"
                    + " partition, server-restart, member-restart, slow-disk, full-disk, clock.")
    private String @Nullable [] faults;

    @Option(names = "--trace", description = "Print everything that happens, with its virtual time in seconds.")
    private boolean trace;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Report report = output.report();
        if (seed != null && seeds == null) {
            return one(seed, report);
        }
        if (seeds != null && seed == null) {
            return range(seeds, report);
        }
        throw CommandFailure.usage(
                "one of --seed and --seeds is needed", "Try plainsong simulate --seed 1, or --seeds 1..100.");
    }

    private Integer one(long number, Report report) {
        Scenario scenario = scenario(number);
        report.line("seed " + number + ": " + scenario.servers() + " servers, " + scenario.members() + " members, "
                + scenario.posts() + " posts, faults " + words(scenario.kinds()));
        scenario.faults().plan().forEach(fault -> report.line("  " + fault));
        Outcome outcome = World.run(scenario, trace ? report::line : null);
        report.result(Shown.of(outcome));
        report.line(Shown.of(outcome).line());
        return outcome.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Integer range(String text, Report report) {
        String[] ends = text.split("\\.\\.", -1);
        long from;
        long to;
        try {
            from = Long.parseLong(ends[0]);
            to = Long.parseLong(ends[ends.length - 1]);
        } catch (NumberFormatException e) {
            throw CommandFailure.usage(
                    "'" + text + "' is no range of seeds", "Give it as FROM..TO, for instance 1..300.");
        }
        List<Scenario> scenarios =
                LongStream.rangeClosed(from, to).mapToObj(this::scenario).toList();
        AtomicInteger failed = new AtomicInteger();
        long began = System.nanoTime();
        Batch.run(scenarios, outcome -> {
            failed.addAndGet(outcome.isGood() ? 0 : 1);
            if (!outcome.isGood() || trace || report.isJson()) {
                report.event(Shown.of(outcome).line(), Shown.of(outcome));
            }
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        report.line(String.format(Locale.ROOT, "%d runs, %d failed, %.1f s", scenarios.size(), failed.get(), seconds));
        return failed.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private Scenario scenario(long number) {
        Scenario scenario = Scenario.of(number).with(servers, members, posts);
        return faults == null ? scenario : scenario.with(kinds(faults));
    }

    private static Set<FaultKind> kinds(String[] words) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String word : words) {
            if (word.equals("all")) {
                kinds.addAll(FaultKind.all());
            } else if (!word.equals("none") && !word.isEmpty()) {
                kinds.add(FaultKind.all().stream()
                        .filter(kind -> kind.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.usage(
                                "'" + word + "' is no kind of fault",
                                "Take " + words(FaultKind.all()) + ", none or all.")));
            }
        }
        return kinds;
    }

    private static String words(Set<FaultKind> kinds) {
        return kinds.isEmpty()
                ? "none"
                : String.join(", ", kinds.stream().map(FaultKind::word).toList());
    }

    /** An outcome as it is printed. */
    record Shown(
            long seed,
            boolean good,
            String failure,
            String fingerprint,
            double seconds,
            long events,
            long epochs,
            int records,
            int failedAttempts,
            int said) {
        static Shown of(Outcome o) {
            return new Shown(
                    o.seed(),
                    o.isGood(),
                    o.failure().orElse(""),
                    o.fingerprint(),
                    o.millis() / 1000.0,
                    o.events(),
                    o.epochs(),
                    o.records(),
                    o.failedAttempts(),
                    o.said());
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "seed %d %s: %.1f s, %d events, %d epochs, %d rounds, %d failed attempts, %d texts, run %s%s",
                    seed,
                    good ? "is good" : "FAILED",
                    seconds,
                    events,
                    epochs,
                    records,
                    failedAttempts,
                    said,
                    fingerprint,
                    good ? "" : "\n  " + failure);
        }
    }
}
