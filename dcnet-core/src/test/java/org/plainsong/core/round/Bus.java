package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.plainsong.core.anonymity.Floor;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.verdict.Culprit;
import org.plainsong.core.verdict.Violation;

/**
 * The servers of one attempt on a network that delays, reorders, duplicates and loses by seed. Invariants (protocol §9: 1, 2, 5, 7 and the rules of §4.2) are checked
 * after every event.
 */
final class Bus {
    /** What a network does. */
    record Faults(int maxDelay, double loss, double duplication) {
        static final Faults NONE = new Faults(20, 0, 0);
    }

    private record Planned(long time, long order, Runnable action) {}

    private final TestEpoch epoch;
    private final AttemptContext attempt;
    private final SplittableRandom random;
    private final Faults faults;
    private final Cheat cheat;
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::time).thenComparingLong(Planned::order));
    private long now = 2_000_000;
    private long order;

    final SortedMap<Integer, AgreementState> states = new TreeMap<>();
    final SortedMap<Integer, SortedMap<Integer, Packet<Header>>> submissions = new TreeMap<>();
    final SortedMap<Integer, AgreementEffect.Certified> certified = new TreeMap<>();
    final SortedMap<Integer, AgreementEffect.AttemptFailed> failed = new TreeMap<>();
    final SortedMap<Integer, AgreementEffect.Reason> over = new TreeMap<>();
    final List<Violation> found = new ArrayList<>();
    final List<AgreementEffect> all = new ArrayList<>();
    private final Map<String, ByteString> saidOnce = new HashMap<>();
    private final Map<String, Long> deadlines = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final Set<Integer> checked = new HashSet<>();
    private final Map<Integer, Integer> generation = new HashMap<>();

    private IntFunction<PadSource> serverPads;

    Bus(TestEpoch epoch, AttemptContext attempt, long seed, Faults faults, Cheat cheat) {
        this.epoch = epoch;
        this.serverPads = epoch::serverPads;
        this.attempt = attempt;
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        this.cheat = cheat;
        for (int server = 1; server <= servers(); server++) {
            states.put(server, Agreement.start());
            submissions.put(server, new TreeMap<>());
        }
    }

    /** Servers compute with these pads. */
    Bus withPads(IntFunction<PadSource> pads) {
        serverPads = pads;
        return this;
    }

    private int servers() {
        return attempt.epoch().serverCount();
    }

    /** A member has submitted to this server. */
    void submitted(int server, int member, Packet<Header> packet) {
        submissions.get(server).put(member, packet);
    }

    /** Every server's window closes within the first half second. */
    void closeWindows() {
        for (int server = 1; server <= servers(); server++) {
            int closing = server;
            at(
                    random.nextInt(500),
                    () -> event(
                            closing,
                            new AgreementEvent.WindowClosed(
                                    submissions.get(closing).values().stream()
                                            .map(Packet::statement)
                                            .toList(),
                                    List.of(),
                                    List.of(),
                                    false)));
        }
    }

    /** Something happens to a server after so long. */
    void later(int millis, int server, AgreementEvent event) {
        at(millis, () -> event(server, event));
    }

    /** A server loses its secrets after so long; from then on it can only finish what it had revealed, or has written failed for. */
    void restarts(int server, int millis) {
        at(millis, () -> {
            boolean wroteFailed = saidOnce.containsKey(server + " " + Record.TYPE)
                    && !states.get(server).heard().ofKind(Heard.Kind.RECORD).containsKey(server);
            deadlines.keySet().removeIf(key -> key.startsWith(server + " "));
            generation.merge(server, 1, Integer::sum);
            if (wroteFailed || states.get(server).isOver()) {
                gone.add(server);
                return;
            }
            Step<AgreementState, AgreementEffect> step = Agreement.restarted(epoch.at(server, attempt));
            states.put(server, step.next());
            step.effects().forEach(effect -> carryOut(server, effect));
        });
    }

    /** Runs until nothing is planned, for at most 20 seconds of its time. */
    void run() {
        long end = now + 20_000;
        while (!planned.isEmpty() && planned.peek().time() <= end) {
            Planned next = planned.poll();
            now = next.time();
            next.action().run();
        }
    }

    private void at(long millis, Runnable action) {
        planned.add(new Planned(now + millis, order++, action));
    }

    private void event(int server, AgreementEvent event) {
        Step<AgreementState, AgreementEffect> step =
                Agreement.step(epoch.at(server, attempt), states.get(server), event);
        states.put(server, step.next());
        for (AgreementEffect effect : step.effects()) {
            all.add(effect);
            carryOut(server, effect);
        }
        checkInvariants();
    }

    private void carryOut(int server, AgreementEffect effect) {
        switch (effect) {
            case AgreementEffect.Say say -> {
                checkSaid(server, say.packet());
                for (int to = 1; to <= servers(); to++) {
                    if (to != server) {
                        send(server, to, say.packet());
                    }
                }
            }
            case AgreementEffect.Send send -> send(server, send.server(), send.packet());
            case AgreementEffect.Ask ask ->
                deliver(() -> Agreement.answer(states.get(ask.server()), ask.what())
                        .ifPresent(packet -> send(ask.server(), server, packet)));
            case AgreementEffect.ComputeShare compute ->
                inside(
                        server,
                        10,
                        () -> new AgreementEvent.ShareReady(share(server, compute.plan()), nonce(server), now));
            case AgreementEffect.SetDeadline set -> setDeadline(server, set);
            case AgreementEffect.StoreFailed store -> {
                signedOnce(server, store.failed().message(), store.failed().payload());
                inside(server, 30, () -> new AgreementEvent.Stored(AgreementEvent.Written.FAILED));
            }
            case AgreementEffect.StoreRecord ignored ->
                inside(server, 30, () -> new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
            case AgreementEffect.Certified done -> certified.put(server, done);
            case AgreementEffect.AttemptFailed link -> failed.put(server, link);
            case AgreementEffect.EpochOver reason -> over.put(server, reason.reason());
            case AgreementEffect.Found violation -> found.add(violation.violation());
            case AgreementEffect.GivesUp ignored -> {}
            case AgreementEffect.WaitsFor ignored -> {}
            case AgreementEffect.RecordDiffers ignored -> {}
        }
    }

    /** Something within a server's own process, lost when it restarts. */
    private void inside(int server, int maxMillis, Supplier<AgreementEvent> event) {
        int born = generation.getOrDefault(server, 0);
        at(random.nextInt(maxMillis), () -> {
            if (generation.getOrDefault(server, 0) == born) {
                event(server, event.get());
            }
        });
    }

    private void setDeadline(int server, AgreementEffect.SetDeadline set) {
        String key = server + " " + set.deadline();
        long due = now + set.millis();
        deadlines.put(key, due);
        at(set.millis(), () -> {
            if (deadlines.getOrDefault(key, 0L) == due) {
                event(server, new AgreementEvent.DeadlinePassed(set.deadline()));
            }
        });
    }

    private ByteString share(int server, RoundPlan plan) {
        List<ByteString> attached = new ArrayList<>();
        for (int member : plan.attachedTo(server)) {
            Packet<Header> packet = submissions.get(server).get(member);
            if (packet != null) {
                attached.add(packet.body());
            }
        }
        return Shares.compute(
                serverPads.apply(server),
                Ciphertexts.nonce(attempt),
                plan.participants(),
                attached,
                attempt.layout().totalBytes(),
                ParallelWork.HERE);
    }

    private ByteString nonce(int server) {
        return epoch.hash("nonce " + attempt.at() + " " + server);
    }

    private void send(int from, int to, Packet<?> packet) {
        for (Packet<?> sent : cheat.send(from, to, packet)) {
            deliver(() -> event(to, new AgreementEvent.Said(sent)));
        }
    }

    private void deliver(Runnable arrival) {
        int copies = random.nextDouble() < faults.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= faults.loss()) {
                at(random.nextInt(faults.maxDelay()), arrival);
            }
        }
    }

    private void checkSaid(int server, Packet<?> packet) {
        Message message = packet.statement().message();
        signedOnce(server, message, packet.statement().payload());
        if (message instanceof Reveal) {
            // §9.2: never a reveal below the floor.
            RoundPlan plan = RoundPlan.of(attempt, states.get(server).heard().inventories(), TestEpoch.CHECK);
            assertThat(Floor.isReached(
                            RoundPlan.participantBits(plan.agreed().participants()),
                            attempt.expected(),
                            attempt.epoch().policy()))
                    .as("reveal of server %s with floor reached", server)
                    .isTrue();
        }
    }

    /** §4.2, §9.1: one statement under one key; record and failed are one kind. */
    private void signedOnce(int server, Message message, ByteString payload) {
        String kind = message.type().equals("failed") ? Record.TYPE : message.type();
        ByteString before = saidOnce.putIfAbsent(server + " " + kind, payload);
        assertThat(before == null || before.equals(payload))
                .as("server %s signs one statement of kind %s", server, kind)
                .isTrue();
    }

    private void checkInvariants() {
        // §9.7: no two honest servers hold different complete records, and none holds one beside a failed record.
        if (certified.size() > 1) {
            assertThat(certified.values().stream()
                            .map(done -> done.record().payload())
                            .distinct())
                    .hasSize(1);
        }
        certified.forEach((server, done) -> {
            if (checked.add(server)) {
                // §9.5: with less than all signatures nothing counts.
                assertThat(done.record().signatures()).hasSize(servers());
                assertThat(TestEpoch.CHECK.allGood(done.record())).isTrue();
            }
        });
        if (!certified.isEmpty() && !failed.isEmpty()) {
            throw new AssertionError("a record and a failed record of one attempt");
        }
        // §9.3: nobody honest is convicted.
        found.forEach(violation -> assertThat(cheat.culprits(epoch)).contains(violation.culprit()));
    }

    /** Whether each honest server has come to an end. */
    boolean allEnded() {
        return states.entrySet().stream()
                .filter(state -> !cheat.isCheater(state.getKey()) && !gone.contains(state.getKey()))
                .allMatch(state -> state.getValue().isOver() || state.getValue() instanceof AgreementState.Stuck);
    }

    /** What a dishonest server sends instead of what it should. */
    interface Cheat {
        /** Everybody is honest. */
        Cheat NOBODY = new Cheat() {
            @Override
            public List<Packet<?>> send(int from, int to, Packet<?> packet) {
                return List.of(packet);
            }

            @Override
            public boolean isCheater(int server) {
                return false;
            }
        };

        /** What really goes out in place of this packet. */
        List<Packet<?>> send(int from, int to, Packet<?> packet);

        /** Whether this server cheats. */
        boolean isCheater(int server);

        /** Whom it is right to convict. */
        default List<Culprit> culprits(TestEpoch epoch) {
            List<Culprit> culprits = new ArrayList<>();
            for (int server = 1; server <= epoch.context().serverCount(); server++) {
                if (isCheater(server)) {
                    culprits.add(new Culprit.OfServer(epoch.context().server(server)));
                }
            }
            return culprits;
        }
    }
}
