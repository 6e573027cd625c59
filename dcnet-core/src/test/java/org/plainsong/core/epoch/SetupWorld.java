package org.plainsong.core.epoch;

import java.nio.charset.StandardCharsets;
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
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.verdict.Culprit;
import org.plainsong.core.verdict.Violation;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;

/**
 * One setup of a whole group in memory: real machines at every party, a network by seed that delays, reorders, duplicates and loses, and cheats that change
 * one thing each.
 */
final class SetupWorld {
    /** How the network is. */
    record Network(int maxDelayMillis, int duplicatePermille, int cutPermille) {
        static final Network CALM = new Network(5, 0, 0);
        static final Network ROUGH = new Network(400, 200, 0);
        static final Network BROKEN = new Network(300, 100, 150);
    }

    private record Event(long at, long order, Runnable what) {}

    final int serverCount;
    final List<Server> servers = new ArrayList<>();
    final SortedMap<MemberId, Member> members = new TreeMap<>();
    final Policy policy;
    final SignatureCheck signatures = new WireSignatureCheck();
    final GroupId group = new GroupId(seeded("group"));
    final Signed<Proposal> proposal;
    final SplittableRandom random;
    private final Network network;
    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long order;
    private long now = 1_000_000;
    /** A resend after a loss may be lost as well: bounded, so that setups end. */
    private int lossesLeft = 12;
    /** Heavy work is cut into parts of this many items. */
    int workPart = 7;

    SetupWorld(int serverCount, int memberCount, int names, long seed, Network network) {
        this.serverCount = serverCount;
        this.network = network;
        this.random = new SplittableRandom(seed);
        this.policy = policy(names);
        List<Signer> signers = new ArrayList<>();
        for (int j = 1; j <= serverCount; j++) {
            signers.add(signer("server " + j));
        }
        SortedMap<MemberId, Signer> memberSigners = new TreeMap<>();
        for (int i = 0; i < memberCount; i++) {
            Signer signer = signer("member " + i);
            memberSigners.put(
                    new MemberId(Hash.labelled(
                                    Labels.MEMBER_ID,
                                    group.value(),
                                    signer.publicKey().value())
                            .slice(0, MemberId.SIZE)),
                    signer);
        }
        long number = 7;
        this.proposal = signers.get((int) (number % serverCount))
                .sign(new Proposal(
                        group,
                        number,
                        seeded("roster"),
                        List.copyOf(memberSigners.keySet()),
                        new RecordHash(seeded("prev"))));
        SortedMap<MemberId, PublicKey> keys = new TreeMap<>();
        memberSigners.forEach((id, signer) -> keys.put(id, signer.publicKey()));
        Parties parties = new Parties(signers.stream().map(Signer::publicKey).toList(), keys);
        for (Signer signer : signers) {
            servers.add(new Server(SetupContext.of(proposal, policy, parties, signer, signatures, 999_000)));
        }
        memberSigners.forEach((id, signer) -> members.put(
                id, new Member(new MemberContext(id, signer, policy, parties.servers(), signatures), seed)));
    }

    static Policy policy(int names) {
        Policy p = PolicyDefaults.policy();
        return new Policy(
                2,
                p.alphaPermille(),
                p.idleIntervalMillis(),
                p.activeIntervalMillis(),
                p.windowQuorumPermille(),
                p.windowFactorPermille(),
                p.hardLimitMillis(),
                p.maxRoundBytes(),
                p.maxSlotBytes(),
                p.defaultSlotBytes(),
                names,
                p.epochRounds(),
                p.minEpochRounds(),
                5_000,
                p.blameWindowRounds(),
                p.garbledRounds(),
                p.silentRounds(),
                p.lostSeedEpochs(),
                p.refusalLimit(),
                p.accusationTries(),
                p.dropPermille(),
                p.retentionDays(),
                p.membersOnly(),
                p.postAnyway());
    }

    static Signer signer(String name) {
        return new WireSigner(Ed25519.SigningKey.fromSeed(seeded(name).toByteArray()));
    }

    static ByteString seeded(String name) {
        return Hash.sha256(ByteString.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }

    Server server(int j) {
        return servers.get(j - 1);
    }

    Member member(int position) {
        return List.copyOf(members.values()).get(position);
    }

    PublicKey key(int j) {
        return server(j).context.parties().server(j);
    }

    /** Starts all servers and runs until nothing is to come. */
    SetupWorld run() {
        for (Server server : servers) {
            at(random.nextInt(network.maxDelayMillis() + 1), server::start);
        }
        drain();
        return this;
    }

    void drain() {
        int steps = 0;
        while (!queue.isEmpty()) {
            Event event = queue.poll();
            now = Math.max(now, event.at());
            event.what().run();
            if (++steps > 200_000) {
                throw new IllegalStateException("the setup does not end");
            }
        }
    }

    void later(long delay, Runnable what) {
        at(delay, what);
    }

    private void at(long delay, Runnable what) {
        queue.add(new Event(now + delay, order++, what));
    }

    private void deliver(Runnable what) {
        at(1 + random.nextInt(network.maxDelayMillis()), what);
        if (random.nextInt(1000) < network.duplicatePermille()) {
            at(1 + random.nextInt(network.maxDelayMillis()), what);
        }
    }

    private boolean lost() {
        return random.nextInt(1000) < network.cutPermille() && lossesLeft-- > 0;
    }

    /** All violations that honest servers and members found, by culprit and rule as text. */
    Set<String> found() {
        Set<String> found = new TreeSet<>();
        for (Server server : servers) {
            if (server.isHonest()) {
                server.found.forEach(v -> found.add(name(v)));
            }
        }
        for (Member member : members.values()) {
            if (member.isHonest()) {
                member.found.forEach(v -> found.add(name(v)));
            }
        }
        return found;
    }

    /** How each server ended, for messages of failed tests. */
    String ends() {
        StringBuilder ends = new StringBuilder();
        for (Server server : servers) {
            ends.append(server.context.self()).append(": ").append(server.state);
            if (server.voided != null) {
                ends.append(" (")
                        .append(server.voided.reason())
                        .append("; refusing ")
                        .append(server.voided.refusing())
                        .append(')');
            }
            ends.append("  ");
        }
        return ends.toString();
    }

    /** Such as "server 2 BAD_LIST" or "member 0 WRONG_TAG". */
    String name(Violation violation) {
        return switch (violation.culprit()) {
            case Culprit.OfServer s ->
                "server "
                        + (servers.get(0).context.parties().servers().indexOf(s.server()) + 1)
                        + " " + violation.rule();
            case Culprit.OfMember m ->
                "member " + List.copyOf(members.keySet()).indexOf(m.member()) + " " + violation.rule();
        };
    }

    /** What servers run instead of the honest thing. */
    interface ServerCheat {
        ServerCheat HONEST = new ServerCheat() {};

        /** What comes of heavy work. */
        default SetupWork.Result result(Server self, SetupWork work, SetupWork.Result honest) {
            return honest;
        }

        /** What is really sent. */
        default List<SetupEffect.Send> send(Server self, SetupEffect.Send send) {
            return List.of(send);
        }
    }

    /** What members run instead. */
    interface MemberCheat {
        MemberCheat HONEST = new MemberCheat() {};

        /** What is really sent to server j; nothing if empty. */
        default List<Packet<?>> send(Member self, int server, Packet<?> packet) {
            return List.of(packet);
        }
    }

    /** A server: machine and driver. */
    final class Server {
        final SetupContext context;
        final List<Violation> found = new ArrayList<>();
        final List<SetupEffect.Waiting> waiting = new ArrayList<>();
        final List<MemberId> answered = new ArrayList<>();
        final List<SetupEffect> sent = new ArrayList<>();
        ServerCheat cheat = ServerCheat.HONEST;
        SetupState state;
        SetupEffect.Opened opened;
        SetupEffect.Voided voided;
        private long deadline;
        private final List<SetupEvent> early = new ArrayList<>();

        Server(SetupContext context) {
            this.context = context;
        }

        boolean isHonest() {
            return cheat.equals(ServerCheat.HONEST);
        }

        private void start() {
            Randomness own = Randomness.seeded(seeded("secrets " + context.self() + " " + random.nextLong())
                    .toByteArray());
            carryOut(SetupMachine.start(context, own, now));
            handle(new SetupEvent.Connected(new TreeSet<>(members.keySet()), now));
            early.forEach(this::handle);
            early.clear();
        }

        void handle(SetupEvent event) {
            if (state == null) {
                early.add(event);
            } else {
                carryOut(SetupMachine.step(context, state, event));
            }
        }

        private void carryOut(Step<SetupState, SetupEffect> step) {
            state = step.next();
            for (SetupEffect effect : step.effects()) {
                switch (effect) {
                    case SetupEffect.Send send -> {
                        sent.add(send);
                        cheat.send(this, send).forEach(this::send);
                    }
                    case SetupEffect.SetDeadline set -> {
                        // Whoever waits for a signature under the opening record waits for ever.
                        if (waiting.size() > 2) {
                            break;
                        }
                        deadline = set.atMillis();
                        at(Math.max(0, deadline - now), () -> {
                            if (deadline == set.atMillis()) {
                                handle(new SetupEvent.DeadlinePassed(now));
                            }
                        });
                    }
                    case SetupEffect.Work work -> {
                        SetupWork.Result result = cheat.result(this, work.work(), work(work.work()));
                        at(random.nextInt(3), () -> handle(new SetupEvent.WorkDone(result, now)));
                    }
                    case SetupEffect.Found f -> found.add(f.violation());
                    case SetupEffect.Waiting w -> waiting.add(w);
                    case SetupEffect.Answered a -> answered.add(a.member());
                    case SetupEffect.Opened o -> opened = once(opened, o);
                    case SetupEffect.Voided v -> voided = once(voided, v);
                }
            }
        }

        private <T> T once(T before, T after) {
            if (before != null || (opened != null && after instanceof SetupEffect.Voided)) {
                throw new IllegalStateException("server " + context.self() + " ended twice: " + after);
            }
            return after;
        }

        private SetupWork.Result work(SetupWork work) {
            List<SetupWork.Part> parts = new ArrayList<>();
            for (int from = 0; from < work.size(); from += workPart) {
                parts.add(work.part(from, Math.min(work.size(), from + workPart)));
            }
            return work.finish(parts);
        }

        void send(SetupEffect.Send send) {
            switch (send.to()) {
                case Audience.Servers all -> {
                    for (Server other : servers) {
                        if (other != this) {
                            sendTo(other, send.frame());
                        }
                    }
                }
                case Audience.Server one -> sendTo(server(one.number()), send.frame());
                case Audience.Members some -> {
                    for (MemberId id : some.members()) {
                        Member member = members.get(id);
                        if (lost()) {
                            // The link breaks and comes up again: whoever is newly connected gets what the phase has
                            // for it.
                            deliver(() -> {
                                TreeSet<MemberId> without = new TreeSet<>(members.keySet());
                                without.remove(id);
                                handle(new SetupEvent.Connected(without, now));
                                handle(new SetupEvent.Connected(new TreeSet<>(members.keySet()), now));
                            });
                        } else {
                            deliver(() -> member.handle(send.frame()));
                        }
                    }
                }
            }
        }

        private void sendTo(Server other, Frame frame) {
            if (lost()) {
                deliver(() -> handle(new SetupEvent.PeerUp(other.context.self(), now)));
                return;
            }
            switch (frame) {
                case Frame.Statement statement -> {
                    // A cheat does not let its own machine see what it has really signed: that would give it away.
                    if (other.isHonest() || !isSignedBy(other, statement.packet())) {
                        deliver(() -> other.handle(new SetupEvent.Received(statement.packet(), now)));
                    }
                }
                case Frame.Fetch.EnrolmentOf fetch ->
                    deliver(() -> other.state
                            .enrolment(fetch.hash())
                            .ifPresent(e -> other.cheat
                                    .send(
                                            other,
                                            new SetupEffect.Send(
                                                    new Audience.Server(context.self()),
                                                    new Frame.Statement(Packet.of(e)),
                                                    false))
                                    .forEach(other::send)));
                default -> throw new IllegalStateException("no frame for a server: " + frame);
            }
        }
    }

    private static boolean isSignedBy(Server server, Packet<?> packet) {
        List<Signature> signatures = packet.statement().signatures();
        return signatures.size() == 1
                && signatures.get(0).signer().equals(server.context.signer().publicKey());
    }

    /** A member: machine and driver. */
    final class Member {
        final MemberContext context;
        final List<Violation> found = new ArrayList<>();
        final List<Packet<?>> sent = new ArrayList<>();
        final Map<Integer, Set<ByteString>> reached = new HashMap<>();
        MemberCheat cheat = MemberCheat.HONEST;
        MemberSetupState state;
        Seat seat;
        String notSeated;
        private final Randomness randomness;

        Member(MemberContext context, long seed) {
            this.context = context;
            this.randomness = Randomness.seeded(
                    seeded("member secrets " + context.self().value().hex() + seed)
                            .toByteArray());
        }

        boolean isHonest() {
            return cheat.equals(MemberCheat.HONEST);
        }

        void handle(Frame frame) {
            if (state == null) {
                if (frame instanceof Frame.SetupOffer offer) {
                    switch (MemberSetup.enrol(context, offer, randomness)) {
                        case MemberSetup.Begun.Enrolled enrolled -> carryOut(enrolled.step());
                        case MemberSetup.Begun.Declined declined ->
                            throw new IllegalStateException("declined: " + declined.reason());
                    }
                }
                return;
            }
            carryOut(MemberSetup.step(context, state, frame));
        }

        private void carryOut(Step<MemberSetupState, MemberSetupEffect> step) {
            state = step.next();
            for (MemberSetupEffect effect : step.effects()) {
                switch (effect) {
                    case MemberSetupEffect.SendToAll send -> {
                        sent.add(send.packet());
                        sendToAll(send.packet());
                    }
                    case MemberSetupEffect.Found f -> found.add(f.violation());
                    case MemberSetupEffect.Seated s -> seat = s.seat();
                    case MemberSetupEffect.NotSeated n -> notSeated = n.reason();
                }
            }
        }

        private void sendToAll(Packet<?> packet) {
            for (Server server : servers) {
                for (Packet<?> real : cheat.send(this, server.context.self(), packet)) {
                    sendTo(server, real);
                }
            }
        }

        /** Tries once more a little later to send this to one server. */
        void again(int server, Packet<?> packet) {
            later(100, () -> cheat.send(this, server, packet).forEach(real -> sendTo(server(server), real)));
        }

        void sendTo(Server server, Packet<?> packet) {
            if (lost()) {
                deliver(() -> sendTo(server, packet));
            } else {
                reached.computeIfAbsent(server.context.self(), j -> new HashSet<>())
                        .add(packet.statement().payload());
                deliver(() -> server.handle(new SetupEvent.Received(packet, now)));
            }
        }
    }
}
