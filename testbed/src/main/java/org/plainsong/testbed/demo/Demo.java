package org.plainsong.testbed.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.Report;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.testbed.local.LocalGroup;
import org.plainsong.testbed.local.LocalServer;

/** The script of the demo: found, run, post, reply, restart, audit. */
final class Demo {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int REPLIERS = 3;

    private final Report report;
    private final Path directory;
    private final int memberCount;
    private final int serverCount;
    private final List<String> texts;
    private final long startedAt = System.nanoTime();
    private final long deadline;
    /** Guards everything that seats hold; notified when something arrives. */
    private final Object changed = new Object();

    private final List<Seat> seats = new ArrayList<>();
    private final Map<ContentId, Said> said = new LinkedHashMap<>();
    private final Map<ContentId, PrivateSaid> privately = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private double firstPostSeconds;

    /** What was posted: by whom, when it was in the outbox, what it says. */
    private record Said(int author, long at, String text) {}

    /** What was said privately: by whom, to whom. */
    private record PrivateSaid(int from, int to, String text) {}

    Demo(Report report, Path directory, int members, int servers, List<String> texts, int seconds) {
        this.report = report;
        this.directory = directory;
        this.memberCount = members;
        this.serverCount = servers;
        this.texts = List.copyOf(texts);
        this.deadline = startedAt + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** The policy of the demo's group: small crowd, quick rounds, short epochs' least length, everything else as standard. */
    static Policy policy() {
        Policy policy = PolicyDefaults.policy();
        policy = PolicyRules.with(policy, PolicyField.IDLE_INTERVAL_MILLIS, 200);
        policy = PolicyRules.with(policy, PolicyField.ACTIVE_INTERVAL_MILLIS, 50);
        policy = PolicyRules.with(policy, PolicyField.MIN_EPOCH_ROUNDS, 3);
        return PolicyRules.with(policy, PolicyField.HARD_LIMIT_MILLIS, 4000);
    }

    DemoReport run() throws IOException, InterruptedException {
        report.progress("making " + serverCount + " servers and " + memberCount + " members in " + directory);
        try (LocalGroup group = LocalGroup.make(directory, serverCount, policy(), List.of("-Xmx512m"), 1)) {
            Thread end = Thread.ofPlatform().unstarted(() -> group.servers().forEach(LocalServer::kill));
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return play(group);
            } finally {
                for (Seat seat : seats) {
                    seat.close();
                }
                Runtime.getRuntime().removeShutdownHook(end);
            }
        }
    }

    private DemoReport play(LocalGroup group) throws IOException, InterruptedException {
        List<MemberProfile> profiles = group.makeMembers(memberCount);
        group.startServers();
        progress("servers are up");
        group.admit(profiles);
        for (int i = 0; i < memberCount; i++) {
            seats.add(new Seat(group, i, profiles.get(i), changed));
        }
        seats.forEach(Seat::start);
        ContentId first = post(0, texts.get(0));
        await("the first post", () -> isEverywhere(first));
        firstPostSeconds = secondsSince(startedAt);
        progress("first post is at every member");
        replies(first, 0);
        for (int i = 1; i < texts.size(); i++) {
            post(i % memberCount, texts.get(i));
        }
        progress(texts.size() + " posts are in their outboxes; restarting member 2");
        seats.get(1).restart();
        await("half of the posts", () -> arrivedEverywhere() * 2 >= said.size());
        LocalServer last = group.servers().get(serverCount - 1);
        progress(arrivedEverywhere() + " of " + said.size()
                + " posts are at every member; killing one server and starting it again");
        last.kill();
        group.restart(last);
        post(1, "The member that was restarted writes again, and the server that was killed takes part.");
        await("all posts and private replies", this::allThere);
        settle();
        progress("everything has arrived; auditing");
        return conclude(group);
    }

    // ---- what members do ----

    private ContentId post(int author, String text) throws IOException, InterruptedException {
        long at = System.nanoTime();
        ContentId id = wait(seats.get(author).runtime().post(Optional.empty(), text));
        synchronized (changed) {
            said.put(id, new Said(author, at, text));
        }
        return id;
    }

    /** Some members reply to the post privately; its author replies to each of those. */
    private void replies(ContentId post, int author) throws IOException, InterruptedException {
        List<PrivateSaid> asked = new ArrayList<>();
        for (int i = 1; i <= Math.min(REPLIERS, memberCount - 1); i++) {
            asked.add(privately(i, author, post, "For the author only, from somebody: question " + i));
        }
        await("the private replies", this::allPrivateThere);
        for (PrivateSaid question : asked) {
            ContentId id = privateIdOf(question);
            privately(author, question.from(), id, "Answer to: " + question.text());
        }
    }

    private PrivateSaid privately(int from, int to, ContentId about, String text)
            throws IOException, InterruptedException {
        ContentId id = wait(seats.get(from).runtime().replyPrivately(about, text));
        PrivateSaid saying = new PrivateSaid(from, to, text);
        synchronized (changed) {
            privately.put(id, saying);
        }
        return saying;
    }

    private ContentId privateIdOf(PrivateSaid saying) {
        synchronized (changed) {
            return privately.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(saying))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private <T> T wait(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a member did not take a text into its outbox: " + e.getMessage(), e);
        }
    }

    // ---- what has arrived ----

    private boolean isEverywhere(ContentId id) {
        return seats.stream().allMatch(seat -> seat.posts().containsKey(id));
    }

    private long arrivedEverywhere() {
        synchronized (changed) {
            return said.keySet().stream().filter(this::isEverywhere).count();
        }
    }

    private boolean allPrivateThere() {
        return privately.entrySet().stream()
                .allMatch(
                        entry -> seats.get(entry.getValue().to()).privateTexts().containsKey(entry.getKey()));
    }

    private boolean allThere() {
        return said.keySet().stream().allMatch(this::isEverywhere) && allPrivateThere();
    }

    /** Waits until this holds; it is looked at under the lock. */
    private void await(String what, BooleanSupplier holds) throws InterruptedException {
        synchronized (changed) {
            while (!holds.getAsBoolean()) {
                long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
                if (millis <= 0
                        || seats.stream().anyMatch(seat -> !seat.problems().isEmpty())) {
                    throw CommandFailure.failed(
                            "waiting for " + what + " came to nothing after " + Math.round(secondsSince(startedAt))
                                    + " s" + situation(),
                            "See the servers' logs in " + directory + "; --seconds gives it longer.");
                }
                changed.wait(Math.min(millis, 1000));
            }
        }
    }

    private String situation() {
        StringBuilder text = new StringBuilder();
        for (Seat seat : seats) {
            seat.problems().forEach(problem -> text.append("\n  ").append(problem));
            MemberSnapshot now = seat.snapshot();
            text.append("\n  member ").append(seat.index() + 1).append(": ");
            text.append(
                    now == null
                            ? "nothing yet"
                            : now.connection().state() + ", " + now.connection().text() + ", epoch "
                                    + now.place().epoch() + " round "
                                    + now.place().round());
            text.append(", posts ").append(seat.posts().size()).append(" of ").append(said.size());
        }
        return text.toString();
    }

    /** A few more rounds, so that what should not arrive would have. */
    private void settle() throws InterruptedException {
        long round = round();
        long epoch = epoch();
        await("a few more rounds", () -> epoch() > epoch || round() >= round + 2);
    }

    private long round() {
        MemberSnapshot now = seats.get(0).snapshot();
        return now == null ? 0 : now.place().round();
    }

    private long epoch() {
        MemberSnapshot now = seats.get(0).snapshot();
        return now == null ? 0 : now.place().epoch();
    }

    // ---- the end ----

    private DemoReport conclude(LocalGroup group) throws IOException, InterruptedException {
        checkTexts();
        Path transcript = directory.resolve("transcript");
        DemoAudit audit = DemoAudit.of(group, transcript);
        problems.addAll(audit.problems());
        problems.addAll(new LeakScan(group, memberCount).findings());
        List<Long> latencies = new ArrayList<>();
        List<DemoReport.Post> posts = new ArrayList<>();
        int floor;
        synchronized (changed) {
            for (Map.Entry<ContentId, Said> entry : said.entrySet()) {
                posts.add(shown(entry.getKey(), entry.getValue(), latencies));
            }
            MemberSnapshot now = seats.get(0).snapshot();
            floor = now == null ? 0 : now.crowd().floor();
        }
        latencies.sort(null);
        return new DemoReport(
                problems.isEmpty(),
                problems,
                serverCount,
                memberCount,
                audit.epochs(),
                audit.rounds(),
                audit.failed(),
                posts,
                privately.size(),
                firstPostSeconds,
                percentile(latencies, 50),
                percentile(latencies, 95),
                floor,
                audit.lines(),
                transcript.toString(),
                group.definitionFile().toString(),
                secondsSince(startedAt));
    }

    /** Bytes compared at every member; private texts at the one they were for, and at nobody else but their writer. */
    private void checkTexts() {
        synchronized (changed) {
            for (Seat seat : seats) {
                problems.addAll(seat.problems());
                said.forEach((id, what) -> {
                    MemberSnapshot.BoardPost post = seat.posts().get(id);
                    if (post == null || !post.post().text().equals(what.text())) {
                        problems.add("member " + (seat.index() + 1)
                                + " lacks a post or has it otherwise than it was written");
                    }
                });
                if (seat.posts().size() != said.size()) {
                    problems.add("member " + (seat.index() + 1) + " has "
                            + seat.posts().size() + " posts of " + said.size());
                }
                privately.forEach((id, what) -> checkPrivate(seat, id, what));
            }
        }
    }

    private void checkPrivate(Seat seat, ContentId id, PrivateSaid what) {
        MemberSnapshot.PrivateText text = seat.privateTexts().get(id);
        boolean mayRead = seat.index() == what.to() || seat.index() == what.from();
        if (text != null && !mayRead) {
            problems.add("member " + (seat.index() + 1) + " could open a private reply that was for another");
        }
        if (seat.index() == what.to() && (text == null || !text.reply().text().equals(what.text()))) {
            problems.add("a private reply did not open for the one it was for");
        }
    }

    private DemoReport.Post shown(ContentId id, Said what, List<Long> latencies) {
        MemberSnapshot.BoardPost post = seats.get(0).posts().get(id);
        if (post == null) {
            return new DemoReport.Post("?", 0, 0, 0, 0, title(what.text()));
        }
        long last = seats.stream()
                .mapToLong(seat -> seat.arrivedAt().getOrDefault(id, 0L))
                .max()
                .orElse(0);
        long millis = (last - what.at()) / NANOS_PER_MILLI;
        int bytes = what.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= policy().defaultSlotBytes() / 2) {
            latencies.add(millis);
        }
        return new DemoReport.Post(
                post.origin().author().name(),
                post.origin().epoch(),
                post.origin().round(),
                bytes,
                millis,
                title(what.text()));
    }

    private static String title(String text) {
        String line =
                text.strip().lines().findFirst().orElse("").replace("#", "").strip();
        return line.length() > 48 ? line.substring(0, 47) + "…" : line;
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private void progress(String text) {
        report.progress(String.format(Locale.ROOT, "%6.1f s  %s", secondsSince(startedAt), text));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
