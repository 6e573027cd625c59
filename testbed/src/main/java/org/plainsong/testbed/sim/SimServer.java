package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.wire.Frames;
import org.plainsong.server.WireEncoding;
import org.plainsong.server.engine.NodeIdentity;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;
import org.plainsong.server.engine.ServerNode;
import org.plainsong.server.engine.ServerSnapshot;
import org.plainsong.server.engine.StoreWrite;

/** A server's process: brings its node what comes and carries out what it wants, as the real driver does. */
final class SimServer implements Endpoint {
    private static final long DIAL_AGAIN_MILLIS = 150;

    private final Surroundings around;
    private final int number;
    private final Group.ServerKeys keys;
    private final ServerDisk disk;
    private final Map<PublicKey, SimServer> peers = new HashMap<>();

    private @Nullable ServerNode node;
    private int boots;
    private long wallSkew;
    private long skew;
    private long wakes;
    private Randomness random;
    private RosterView roster;
    private final Map<Connection, ServerSession> sessions = new HashMap<>();
    private final Map<PublicKey, Connection> peerConnections = new HashMap<>();
    private final Map<Long, Connection> members = new TreeMap<>();
    private final Set<Connection> fed = new HashSet<>();
    private final Map<Long, Frame.EntryFrame> unordered = new HashMap<>();
    private final List<Frame.EntryFrame> published = new ArrayList<>();
    private @Nullable ServerSnapshot snapshot;

    SimServer(Surroundings around, int number) {
        this.around = around;
        this.number = number;
        this.keys = around.group().servers.get(number - 1);
        this.disk = new ServerDisk(
                name(),
                around.time(),
                around.faults(),
                Dice.of(around.scenario().seed(), "disk " + name()),
                around.group().firstEntry());
        this.random = Dice.bytes(around.scenario().seed(), name());
        this.roster = RosterView.of(around.group().definition, around.check());
    }

    /** Makes the others known; the one with the lower number connects. */
    void peers(List<SimServer> all) {
        for (SimServer other : all) {
            if (other != this) {
                peers.put(other.key(), other);
            }
        }
    }

    PublicKey key() {
        return keys.signer().publicKey();
    }

    Group.ServerKeys keys() {
        return keys;
    }

    ServerDisk disk() {
        return disk;
    }

    RosterView roster() {
        return roster;
    }

    Surroundings around() {
        return around;
    }

    /** What the node last said of itself. */
    String status() {
        return node == null ? "down" : String.valueOf(snapshot);
    }

    @Override
    public String name() {
        return "s" + number;
    }

    @Override
    public boolean isUp() {
        return node != null;
    }

    // ---- life ----

    void start() {
        boots++;
        skew = wallSkew;
        random = Dice.bytes(around.scenario().seed(), name() + " boot " + boots);
        roster = RosterView.of(around.group().definition, around.check());
        published.clear();
        for (Entry entry : disk.entries()) {
            published.add(new Frame.EntryFrame(entry.index(), EntryCodec.encode(entry)));
            roster.appended(entry);
        }
        disk.state().heldRoster().forEach(roster::held);
        around.trace().event(name(), "starts with " + published.size() + " entries");
        guarded(() -> node = new ServerNode(
                new NodeIdentity(around.group().id, keys.signer(), around.check()),
                disk.state(),
                random,
                ParallelWork.HERE,
                new WireEncoding()));
        handle(new ServerEvent.Started());
        for (SimServer peer :
                peers.values().stream().sorted((a, b) -> a.number - b.number).toList()) {
            if (peer.number > number) {
                dial(peer);
            }
        }
    }

    void kill() {
        around.trace().event(name(), "is killed");
        node = null;
        boots++;
        disk.crash();
        around.network().died(this);
        sessions.clear();
        peerConnections.clear();
        members.clear();
        fed.clear();
        unordered.clear();
        snapshot = null;
    }

    /** The driver's clock runs on steadily; a process that starts later begins with the new time. */
    void jumpClock(long millis) {
        wallSkew += millis;
        around.trace().event(name(), "clock jumps by " + millis + " ms");
    }

    private void dial(SimServer peer) {
        if (isUp() && !peerConnections.containsKey(peer.key())) {
            peerConnections.put(peer.key(), around.network().dial(this, peer));
        }
    }

    private void dialAgain(PublicKey peer) {
        SimServer other = peers.get(peer);
        if (other != null && other.number > number) {
            int boot = boots;
            around.time().in(DIAL_AGAIN_MILLIS, () -> {
                if (boot == boots) {
                    dial(other);
                }
            });
        }
    }

    // ---- connections ----

    @Override
    public void accepted(Connection connection) {
        sessions.put(connection, ServerSession.welcome(this, connection, challenge()));
    }

    @Override
    public void connected(Connection connection) {
        if (connection.otherThan(this) instanceof SimServer peer) {
            sessions.put(connection, ServerSession.greeting(this, connection, peer.key(), challenge()));
        }
    }

    private ByteString challenge() {
        return ByteString.wrap(random.bytes(Frame.Challenge.SIZE));
    }

    @Override
    public void refused(Connection connection) {
        peerConnections.values().remove(connection);
        if (connection.listener instanceof SimServer peer) {
            dialAgain(peer.key());
        }
    }

    @Override
    public void received(Connection connection, ByteString frame) {
        ServerSession session = sessions.get(connection);
        if (session != null) {
            session.received(frame);
        }
    }

    @Override
    public void closed(Connection connection) {
        ServerSession session = sessions.remove(connection);
        fed.remove(connection);
        members.remove(connection.number);
        if (session != null) {
            session.gone();
        }
    }

    /** Refuses whoever is on this connection and closes it. */
    void refuse(Connection connection, String code) {
        around.trace().event(name(), "refuses " + connection.otherThan(this).name() + ": " + code);
        send(connection, new Frame.Problem(code, code));
        around.network().close(connection, this);
        closed(connection);
    }

    /** A peer has challenged us: our hello is the only thing that may go there. */
    void greet(PublicKey peer, Connection connection, ByteString challenge) {
        Connection older = peerConnections.get(peer);
        if (older != null && older != connection) {
            around.network().close(older, this);
            closed(older);
        }
        peerConnections.put(peer, connection);
        handle(new ServerEvent.PeerChallenged(peer, challenge));
    }

    void peerGone(PublicKey peer, Connection connection, boolean wasUp) {
        if (peerConnections.remove(peer, connection) && wasUp) {
            handle(new ServerEvent.PeerDown(peer));
        }
        dialAgain(peer);
    }

    void memberHere(Connection connection) {
        members.put(connection.number, connection);
    }

    void memberGone(MemberId member, Connection connection) {
        handle(new ServerEvent.MemberDown(member, connection.number));
    }

    /** Hands in a roster entry of the admin. */
    void submit(Signed<RosterEntry> entry) {
        handle(new ServerEvent.RosterSubmitted(entry, entry.message().index()));
    }

    // ---- the node ----

    void handle(ServerEvent event) {
        ServerNode running = node;
        if (running == null) {
            return;
        }
        guarded(() -> {
            for (ServerEffect effect : running.handle(around.time().now() + skew, event)) {
                if (running == node) {
                    carryOut(effect);
                }
            }
        });
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (InvariantBroken e) {
            throw e;
        } catch (RuntimeException e) {
            around.invariants().observe(new Observation.Failed(name(), e));
        }
    }

    private void carryOut(ServerEffect effect) {
        switch (effect) {
            case ServerEffect.ToPeer(PublicKey peer, Frame frame) ->
                Optional.ofNullable(peerConnections.get(peer)).ifPresent(c -> send(c, frame));
            case ServerEffect.ToMember(MemberId member, long connection, Frame frame) ->
                Optional.ofNullable(members.get(connection)).ifPresent(c -> send(c, frame));
            case ServerEffect.ToMembers(Frame frame) ->
                List.copyOf(members.values()).forEach(c -> send(c, frame));
            case ServerEffect.FeedMember(MemberId member, long connection, long from) ->
                Optional.ofNullable(members.get(connection)).ifPresent(c -> {
                    fed.add(c);
                    feed(c, from);
                });
            case ServerEffect.FeedPeer(PublicKey peer, long from) ->
                Optional.ofNullable(peerConnections.get(peer)).ifPresent(c -> feed(c, from));
            case ServerEffect.Store store -> store(store);
            case ServerEffect.Publish(Entry entry) -> publish(entry);
            case ServerEffect.RosterAnswer answer ->
                around.trace()
                        .event(
                                name(),
                                "roster entry " + answer.ticket() + ": "
                                        + answer.problem().orElse("held"));
            case ServerEffect.WakeAt(long millis) -> wakeAt(millis - skew);
            case ServerEffect.Notice(ServerEffect.Level level, String text) -> {
                around.trace().event(name(), "notice: " + text);
                around.invariants().observe(new Observation.Noticed(name(), level.name(), text));
            }
            case ServerEffect.Changed(ServerSnapshot now) -> snapshot = now;
            case ServerEffect.Drained ignored -> around.trace().event(name(), "drained");
        }
    }

    private void wakeAt(long at) {
        long wake = ++wakes;
        around.time().at(at, () -> {
            if (wake == wakes) {
                handle(new ServerEvent.Tick());
            }
        });
    }

    private void store(ServerEffect.Store store) {
        int boot = boots;
        if (store.write() instanceof StoreWrite.RosterEntryHeld held) {
            roster.held(held.entry());
        }
        disk.write(
                store.write(),
                () -> {
                    if (boot == boots) {
                        handle(new ServerEvent.Stored(store.ticket()));
                    }
                },
                why -> {
                    if (boot == boots) {
                        handle(new ServerEvent.StoreFailed(store.ticket(), why));
                    }
                });
    }

    private void publish(Entry entry) {
        around.invariants().observe(new Observation.Published(name(), entry));
        roster.appended(entry);
        unordered.put(entry.index(), new Frame.EntryFrame(entry.index(), EntryCodec.encode(entry)));
        for (Frame.EntryFrame next = unordered.remove((long) published.size());
                next != null;
                next = unordered.remove((long) published.size())) {
            published.add(next);
            for (Connection connection : fed.stream()
                    .sorted((a, b) -> Long.compare(a.number, b.number))
                    .toList()) {
                send(connection, next);
            }
        }
    }

    private void feed(Connection connection, long from) {
        for (long index = from; index < published.size(); index++) {
            send(connection, published.get((int) index));
        }
    }

    void send(Connection connection, Frame frame) {
        around.invariants().observe(new Observation.Said(name(), frame));
        ByteString bytes = Frames.encode(frame).whole();
        String to = connection.otherThan(this).name();
        around.trace().line(name(), () -> "-> " + to + "  " + Words.of(frame));
        around.network().send(connection, this, bytes);
        around.triggers().sent(this, connection, frame);
    }
}
