package org.plainsong.testbed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.MemberRuntime;
import org.plainsong.testbed.local.LocalGroup;
import org.plainsong.testbed.local.LocalServer;

/** Rounds for real: servers as processes, all members in this one, on loopback, intervals of 0: as fast as they go. */
final class RoundBench {
    private static final int FRAME_OVERHEAD = 88;
    private static final int TEXT = 200_000;

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What is measured.
     *
     * @param members number of members
     * @param servers number of servers
     * @param slotBytes length of the one slot that is kept open; 0 for idle rounds
     * @param rounds rounds that count
     * @param warmup rounds before them that do not
     * @param setups setups after the first, which warm what they need
     */
    record Settings(int members, int servers, int slotBytes, int rounds, int warmup, int setups) {}

    /**
     * What came out.
     *
     * @param settings what was measured
     * @param vectorBytes bytes that each member sends in a round
     * @param roundsMeasured rounds that count
     * @param medianMillis from the first member's having the link before to the last member's having the output
     * @param p95Millis the same, 95th percentile
     * @param split where a round's processor time goes
     * @param serverCpuMillisPerRound of all server processes together
     * @param memberCpuMillisPerRound of the process of all members
     * @param serverPeakMiB largest resident memory of a server
     * @param memberPeakMiB of the process of all members
     * @param serverKiBPerRound read and written by all servers in a round, network and disk
     * @param firstSetupMillis the first setup of cold processes; with members still connecting
     * @param setupMillis later setups: from the last record at everybody to the opening record at everybody
     * @param dissentMillis Dissent v2's round at this size where the issue gives one
     */
    record Result(
            Settings settings,
            int vectorBytes,
            int roundsMeasured,
            double medianMillis,
            double p95Millis,
            Split split,
            double serverCpuMillisPerRound,
            double memberCpuMillisPerRound,
            long serverPeakMiB,
            long memberPeakMiB,
            long serverKiBPerRound,
            double firstSetupMillis,
            List<Double> setupMillis,
            @Nullable Double dissentMillis) {}

    /**
     * Processor milliseconds of one round over all processes: numbers of pieces times what each costs in this run; network and the rest are what is left of the
     * processor time that the system counted. Waiting is the wall time in which no processor worked for the round.
     */
    record Split(double pads, double signatures, double hashing, double networkAndRest, double waiting) {}

    RoundBench(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    private Policy policy() {
        int slot = Math.max(4096, settings.slotBytes());
        Policy policy = PolicyDefaults.policy();
        policy = PolicyRules.with(policy, PolicyField.IDLE_INTERVAL_MILLIS, 0);
        policy = PolicyRules.with(policy, PolicyField.ACTIVE_INTERVAL_MILLIS, 0);
        policy = PolicyRules.with(policy, PolicyField.HARD_LIMIT_MILLIS, 60_000);
        policy = PolicyRules.with(policy, PolicyField.SETUP_DEADLINE_MILLIS, 120_000);
        policy = PolicyRules.with(policy, PolicyField.WINDOW_QUORUM_PERMILLE, 1000);
        policy = PolicyRules.with(policy, PolicyField.MIN_EPOCH_ROUNDS, 2);
        policy = PolicyRules.with(policy, PolicyField.EPOCH_ROUNDS, 1_000_000);
        policy = PolicyRules.with(policy, PolicyField.MAX_SLOT_BYTES, slot);
        policy = PolicyRules.with(policy, PolicyField.DEFAULT_SLOT_BYTES, slot);
        policy = PolicyRules.with(policy, PolicyField.MAX_ROUND_BYTES, Math.max(1 << 18, 2 * slot));
        return policy;
    }

    Result run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("plainsong-bench-");
        try (LocalGroup group =
                LocalGroup.make(directory, settings.servers(), policy(), List.of("-Xmx3g", "-XX:+UseSerialGC"), 2)) {
            Thread end = Thread.ofPlatform().unstarted(() -> group.servers().forEach(LocalServer::kill));
            Runtime.getRuntime().addShutdownHook(end);
            Result result = measure(group);
            Runtime.getRuntime().removeShutdownHook(end);
            return result;
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (java.util.stream.Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Result measure(LocalGroup group) throws IOException, InterruptedException {
        progress.accept("making " + settings.members() + " members");
        List<MemberProfile> profiles = group.makeMembers(settings.members());
        group.startServers();
        group.admit(profiles);
        progress.accept("servers are up, members connect");
        RoundClock clock = new RoundClock(settings.members());
        List<MemberRuntime> members = new ArrayList<>();
        try {
            for (MemberProfile profile : profiles) {
                MemberRuntime member = group.member(profile, clock.listener());
                members.add(member);
            }
            long start = System.nanoTime();
            members.forEach(MemberRuntime::start);
            await(clock, 1);
            double first = (System.nanoTime() - start) / 1e6;
            progress.accept("first epoch is open");
            for (int i = 0; i < settings.setups(); i++) {
                await(clock, clock.completeCount() + 3);
                List<MemberProfile> more = group.makeMembers(1);
                group.admit(more);
                int before = clock.setupMillis().size();
                while (clock.setupMillis().size() == before) {
                    await(clock, clock.completeCount() + 1);
                }
                progress.accept("setup " + (i + 2) + " done");
            }
            return rounds(group, clock, members, first);
        } finally {
            members.forEach(MemberRuntime::close);
        }
    }

    private Result rounds(LocalGroup group, RoundClock clock, List<MemberRuntime> members, double firstSetup)
            throws InterruptedException {
        if (settings.slotBytes() > 0) {
            long bytes = (long) (settings.rounds() + settings.warmup() + 20) * (settings.slotBytes() - FRAME_OVERHEAD);
            for (long done = 0; done < bytes; done += TEXT) {
                taken(members.get(0).post(Optional.empty(), "x".repeat((int)
                                Math.min(TEXT, Math.max(1, bytes - done)))));
            }
        }
        await(clock, clock.completeCount() + settings.warmup());
        int from = clock.completeCount();
        ProcessUse serversBefore = servers(group);
        ProcessUse membersBefore = ProcessUse.of(ProcessHandle.current().pid());
        long wallBefore = System.nanoTime();
        await(clock, from + settings.rounds());
        double wall = (System.nanoTime() - wallBefore) / 1e6;
        int count = clock.completeCount() - from;
        ProcessUse servers = servers(group).since(serversBefore);
        ProcessUse client = ProcessUse.of(ProcessHandle.current().pid()).since(membersBefore);
        List<Double> millis = new ArrayList<>(clock.roundMillis(from));
        millis.sort(null);
        int vector = vectorBytes();
        double cpu = (servers.cpuMillis() + client.cpuMillis()) / (double) count;
        return new Result(
                settings,
                vector,
                millis.size(),
                percentile(millis, 50),
                percentile(millis, 95),
                split(vector, cpu, wall / count),
                servers.cpuMillis() / (double) count,
                client.cpuMillis() / (double) count,
                servers.peakKiB() / 1024,
                client.peakKiB() / 1024,
                (servers.readBytes() + servers.writtenBytes()) / 1024 / count,
                firstSetup,
                clock.setupMillis(),
                dissent());
    }

    /** What does not get into an outbox would leave the slot shut and the figures wrong. */
    private static void taken(CompletableFuture<ContentId> post) {
        try {
            post.join();
        } catch (CompletionException e) {
            throw CommandFailure.failed(
                    "a text was not taken: " + e.getMessage(), "Try a smaller slot or fewer rounds.");
        }
    }

    private int vectorBytes() {
        int slots = settings.members() * PolicyDefaults.policy().namesPerEpoch();
        return slots + Math.max(0, settings.slotBytes() - 1);
    }

    private Split split(int vector, double cpu, double wall) {
        UnitCosts costs = UnitCosts.measure(vector);
        double n = settings.members();
        double m = settings.servers();
        double pads = 2 * n * m * vector * costs.padNanosPerByte() / 1e6;
        // Each ciphertext at its member and at its server; each share at every server; the output at every server and
        // once for all members of a process.
        double hashing = (2 * n + m * m + m + 1) * vector * costs.hashNanosPerByte() / 1e6;
        double signs = n + 4 * m;
        double verifies = n + 4 * m * (m - 1) + m;
        double signatures = (signs * costs.signMicros() + verifies * costs.verifyMicros()) / 1000;
        int cores = Runtime.getRuntime().availableProcessors();
        return new Split(
                pads,
                signatures,
                hashing,
                Math.max(0, cpu - pads - signatures - hashing),
                Math.max(0, wall - cpu / cores));
    }

    private @Nullable Double dissent() {
        int n = settings.members();
        if (settings.slotBytes() == 4096) {
            return n == 10
                    ? Double.valueOf(12.7)
                    : n == 20
                            ? Double.valueOf(24)
                            : n == 40 ? Double.valueOf(42) : n == 100 ? Double.valueOf(103) : null;
        }
        if (settings.slotBytes() == 131_072) {
            return n == 20
                    ? Double.valueOf(191)
                    : n == 40 ? Double.valueOf(319) : n == 100 ? Double.valueOf(756) : null;
        }
        return null;
    }

    private static ProcessUse servers(LocalGroup group) {
        ProcessUse all = new ProcessUse(0, 0, 0, 0);
        for (LocalServer server : group.servers()) {
            all = all.and(server.pid().map(ProcessUse::of).orElse(new ProcessUse(0, 0, 0, 0)));
        }
        return all;
    }

    private static void await(RoundClock clock, int links) throws InterruptedException {
        if (!clock.awaitComplete(links, 180_000)) {
            throw CommandFailure.failed(
                    "the group stands still" + (clock.trouble().isEmpty() ? "" : ": " + clock.trouble()),
                    "Look at the machine's load and at the servers' logs; try fewer members.");
        }
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
