package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.member.engine.Follower;

/** One run: a whole group from its definition to a transcript that an auditor has found clean. */
final class World {
    private static final int STARTING_MILLIS = 200;
    private static final int ADMIN_MILLIS = 500;
    private static final int LOOK_MILLIS = 50;
    /** From the end of the last fault on, everything must have arrived within this time. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final int SETTLE_MILLIS = 500;
    private static final int MOST_EVENTS_AT_ONE_TIME = 50_000;

    private final Scenario scenario;
    private final Timeline time = new Timeline();
    private final Trace trace;
    private final Surroundings around;
    private final List<SimServer> servers = new ArrayList<>();
    private final List<SimMember> members = new ArrayList<>();
    private final People people;
    private final Dice dice;
    private final Signed<RosterEntry> roster;
    private boolean arrived;
    private boolean over;
    private String waitsFor = "the start";

    private World(Scenario scenario, @Nullable Consumer<String> lines) {
        this.scenario = scenario;
        trace = lines == null ? Trace.silent(time) : Trace.to(time, lines);
        dice = Dice.of(scenario.seed(), "world");
        Faults faults = scenario.faults();
        Group group = Group.found(scenario);
        SignatureCheck check = new MemoSignatureCheck();
        Invariants invariants = new Invariants(group, check);
        Network network = new Network(time, faults, Dice.of(scenario.seed(), "network"), trace);
        Triggers triggers = new Triggers(faults, time, network, this::killFor);
        around = new Surroundings(scenario, group, time, network, faults, trace, triggers, invariants, check);
        invariants.chain().begin(group.firstEntry());
        for (int j = 1; j <= scenario.servers(); j++) {
            servers.add(new SimServer(around, j));
        }
        servers.forEach(server -> server.peers(servers));
        Follower follower = new Follower(check);
        for (int i = 1; i <= scenario.members(); i++) {
            members.add(new SimMember(around, i, follower));
        }
        people = new People(around, members, servers);
        roster = group.adding(1, group.id.value(), group.members);
    }

    /** Runs it; the lines of what happens go to whoever wants them. */
    static Outcome run(Scenario scenario, @Nullable Consumer<String> lines) {
        World world = new World(scenario, lines);
        Optional<String> failure;
        try {
            failure = world.run();
        } catch (InvariantBroken e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
            if (lines != null) {
                Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                        .flatMap(t -> Stream.of(t.getStackTrace()))
                        .limit(40)
                        .forEach(frame -> lines.accept("    at " + frame));
            }
        }
        return world.outcome(failure);
    }

    private Outcome outcome(Optional<String> failure) {
        ReferenceChain chain = around.invariants().chain();
        return new Outcome(
                scenario.seed(),
                failure,
                trace.fingerprint(),
                time.elapsed(),
                trace.events(),
                chain.chain().epochNumber(),
                chain.records(),
                chain.failed(),
                people.said());
    }

    private Optional<String> run() {
        servers.forEach(server -> time.in(dice.between(0, STARTING_MILLIS), server::start));
        members.forEach(member -> time.in(dice.between(0, STARTING_MILLIS), () -> begin(member)));
        time.in(STARTING_MILLIS, this::admin);
        time.in(LOOK_MILLIS, this::look);
        around.faults().plan().forEach(this::prepare);
        long limit = Timeline.START + around.faults().over() + PATIENCE_MILLIS;
        long last = -1;
        int atOnce = 0;
        while (!over && time.step()) {
            atOnce = time.now() == last ? atOnce + 1 : 0;
            last = time.now();
            if (atOnce > MOST_EVENTS_AT_ONE_TIME) {
                return Optional.of("time stands still: " + status());
            }
            if (time.now() > limit) {
                return Optional.of("liveness: " + waitsFor + "\n" + status());
            }
        }
        return Audits.of(around, servers);
    }

    /** Shown where a run does not end. */
    private String status() {
        StringBuilder text = new StringBuilder();
        servers.forEach(s -> text.append("  ")
                .append(s.name())
                .append(' ')
                .append(s.status())
                .append('\n'));
        members.forEach(m -> text.append("  ")
                .append(m.name())
                .append(' ')
                .append(m.status())
                .append('\n'));
        return text.toString();
    }

    /** The admin hands in the roster until it is in the transcript. */
    private void admin() {
        if (around.invariants().chain().chain().roster().index()
                < roster.message().index()) {
            SimServer server = dice.oneOf(servers);
            if (server.isUp()) {
                server.submit(roster);
            }
            time.in(ADMIN_MILLIS, this::admin);
        }
    }

    /** Everything has arrived everywhere and stays as it is for a while: the end. */
    private void look() {
        Optional<String> missing = time.elapsed() <= around.faults().over()
                ? Optional.of("the faults are not over")
                : people.missing().or(this::behind);
        waitsFor = missing.orElse("the end");
        if (missing.isEmpty() && arrived) {
            over = true;
            return;
        }
        arrived = missing.isEmpty();
        time.in(arrived ? SETTLE_MILLIS : LOOK_MILLIS, this::look);
    }

    private Optional<String> behind() {
        for (SimServer server : servers) {
            if (!server.isUp()) {
                return Optional.of(server.name() + " is down");
            }
        }
        return Optional.empty();
    }

    private void prepare(Fault fault) {
        time.at(Timeline.START + fault.from(), () -> begin(fault));
        time.at(Timeline.START + fault.until(), () -> end(fault));
    }

    private void begin(Fault fault) {
        trace.event("--", fault + " begins");
        switch (fault) {
            case Fault.Disconnect d -> around.network().sever(d.one(), d.other());
            case Fault.Partition p -> {
                if (p.breaks()) {
                    breakConnections(p);
                }
            }
            case Fault.Restart r -> kill(r.process());
            case Fault.PowerCut ignored -> servers.forEach(server -> kill(server.name()));
            case Fault.AtStatement ignored -> {}
            case Fault.ClockJump c -> {
                server(c.process()).ifPresent(s -> s.jumpClock(c.millis()));
                member(c.process()).ifPresent(m -> m.jumpClock(c.millis()));
            }
            case Fault.SlowLink ignored -> {}
            case Fault.SlowDisk ignored -> {}
            case Fault.FullDisk ignored -> {}
        }
    }

    private void end(Fault fault) {
        switch (fault) {
            case Fault.Restart restart -> start(restart.process());
            case Fault.PowerCut ignored -> servers.forEach(server -> start(server.name()));
            default -> {}
        }
    }

    private void start(String process) {
        server(process).filter(s -> !s.isUp()).ifPresent(SimServer::start);
        member(process).filter(m -> !m.isUp()).ifPresent(this::begin);
    }

    private void killFor(String process, long millis) {
        kill(process);
        time.in(millis, () -> start(process));
    }

    private void begin(SimMember member) {
        member.start();
        people.back(member);
    }

    private void breakConnections(Fault.Partition partition) {
        List<String> everybody = new ArrayList<>(scenario.serverNames());
        everybody.addAll(scenario.memberNames());
        for (String one : everybody) {
            for (String other : everybody) {
                if (one.compareTo(other) < 0 && partition.between(one, other)) {
                    around.network().sever(one, other);
                }
            }
        }
    }

    private void kill(String process) {
        server(process).filter(SimServer::isUp).ifPresent(SimServer::kill);
        member(process).filter(SimMember::isUp).ifPresent(SimMember::kill);
    }

    private Optional<SimServer> server(String name) {
        return servers.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    private Optional<SimMember> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }
}
