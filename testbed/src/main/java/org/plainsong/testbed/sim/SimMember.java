package org.plainsong.testbed.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;
import org.plainsong.member.engine.Follower;
import org.plainsong.member.engine.MemberEffect;
import org.plainsong.member.engine.MemberEvent;
import org.plainsong.member.engine.MemberIdentity;
import org.plainsong.member.engine.MemberNode;
import org.plainsong.member.engine.MemberSnapshot;

/** A member's process: brings its node what comes and carries out what it wants, as the real client does. */
final class SimMember implements Endpoint {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_600;

    /** Somebody who writes and reads at this client. */
    interface Person {
        void accepted(long handle, ContentId id);

        void refused(long handle, String why);

        void postArrived(MemberSnapshot.BoardPost post);

        void privateTextArrived(MemberSnapshot.PrivateText text);
    }

    private final Surroundings around;
    private final int number;
    private final Group.MemberKeys keys;
    private final SimVault vault;
    private final Follower follower;
    private final Map<PublicKey, SimServer> servers = new HashMap<>();
    private final Map<PublicKey, Link> links = new HashMap<>();
    private @Nullable Person person;
    private @Nullable MemberNode node;
    private int boots;
    private long skew;
    private long wakes;

    private static final class Link {
        private @Nullable Connection connection;
        private boolean up;
        private boolean wanted;
        private long pause = FIRST_PAUSE_MILLIS;
    }

    SimMember(Surroundings around, int number, Follower follower) {
        this.around = around;
        this.number = number;
        this.keys = around.group().members.get(number - 1);
        this.follower = follower;
        this.vault = new SimVault(
                name(),
                around.time(),
                around.faults(),
                Dice.of(around.scenario().seed(), "vault " + name()));
    }

    void meet(Iterable<SimServer> all, Person who) {
        all.forEach(server -> servers.put(server.key(), server));
        person = who;
    }

    @Override
    public String name() {
        return "m" + number;
    }

    @Override
    public boolean isUp() {
        return node != null;
    }

    /** What is shown at this client, empty while it is down. */
    Optional<MemberSnapshot> snapshot() {
        return Optional.ofNullable(node).map(MemberNode::snapshot);
    }

    String status() {
        return snapshot()
                .map(s -> s.connection() + " " + s.place() + " " + s.crowd() + " outbox "
                        + s.outbox().stream().map(v -> v.state().detail()).toList())
                .orElse("down");
    }

    // ---- life ----

    void start() {
        boots++;
        around.trace().event(name(), "starts");
        MemberIdentity identity = new MemberIdentity(
                around.group().definition,
                keys.id(),
                keys.signer(),
                ReplyKey.fromSeed(keys.sealingSeed()),
                OptionalInt.empty());
        guarded(() -> node = new MemberNode(
                identity, vault.kept(), Dice.bytes(around.scenario().seed(), name() + " boot " + boots), follower));
        handle(new MemberEvent.Started());
    }

    void kill() {
        around.trace().event(name(), "is killed");
        node = null;
        boots++;
        vault.crash();
        around.network().died(this);
        links.clear();
    }

    void jumpClock(long millis) {
        skew += millis;
        around.trace().event(name(), "clock jumps by " + millis + " ms");
        handle(new MemberEvent.Tick());
    }

    // ---- connections ----

    private void connect(PublicKey server) {
        Link link = links.computeIfAbsent(server, s -> new Link());
        link.wanted = true;
        drop(link);
        SimServer to = servers.get(server);
        if (to != null) {
            link.connection = around.network().dial(this, to);
        }
    }

    private void drop(Link link) {
        Connection open = link.connection;
        link.connection = null;
        link.up = false;
        if (open != null) {
            around.network().close(open, this);
        }
    }

    private void again(PublicKey server, Link link) {
        long pause = link.pause;
        link.pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        int boot = boots;
        around.time().in(pause, () -> {
            if (boot == boots && link.wanted && link.connection == null) {
                connect(server);
            }
        });
    }

    @Override
    public void accepted(Connection connection) {
        throw new IllegalStateException("nobody connects to a member");
    }

    @Override
    public void connected(Connection connection) {
        PublicKey server = ((SimServer) connection.listener).key();
        Link link = links.get(server);
        if (link == null || link.connection != connection) {
            around.network().close(connection, this);
            return;
        }
        link.up = true;
        handle(new MemberEvent.LinkUp(server));
    }

    @Override
    public void refused(Connection connection) {
        PublicKey server = ((SimServer) connection.listener).key();
        Link link = links.get(server);
        if (link != null && link.connection == connection) {
            link.connection = null;
            again(server, link);
        }
    }

    @Override
    public void closed(Connection connection) {
        PublicKey server = ((SimServer) connection.listener).key();
        Link link = links.get(server);
        if (link != null && link.connection == connection) {
            link.connection = null;
            link.up = false;
            again(server, link);
            handle(new MemberEvent.LinkDown(server));
        }
    }

    @Override
    public void received(Connection connection, ByteString bytes) {
        PublicKey server = ((SimServer) connection.listener).key();
        Link link = links.get(server);
        if (link == null || link.connection != connection) {
            return;
        }
        try {
            Frame frame = Frames.decode(bytes, FrameLimits.FROM_SERVER);
            if (frame instanceof Frame.EntryFrame) {
                link.pause = FIRST_PAUSE_MILLIS;
            }
            handle(new MemberEvent.FromServer(server, frame));
        } catch (FormatException e) {
            throw new InvariantBroken(
                    "protocol 9.10", "an honest server sent a frame that is refused: " + e.getMessage(), e);
        }
    }

    // ---- the node ----

    void handle(MemberEvent event) {
        MemberNode running = node;
        if (running == null) {
            return;
        }
        guarded(() -> {
            for (MemberEffect effect : running.handle(around.time().now() + skew, event)) {
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

    private void carryOut(MemberEffect effect) {
        switch (effect) {
            case MemberEffect.Connect(PublicKey server, boolean attached) -> connect(server);
            case MemberEffect.Disconnect(PublicKey server) ->
                Optional.ofNullable(links.remove(server)).ifPresent(link -> {
                    link.wanted = false;
                    drop(link);
                });
            case MemberEffect.ToServer(PublicKey server, Frame frame) -> send(server, frame);
            case MemberEffect.Save save -> save(save);
            case MemberEffect.WakeAt(long millis) -> wakeAt(millis - skew);
            case MemberEffect.Accepted(long handle, var id) -> {
                around.trace().event(name(), "accepted " + id);
                who().accepted(handle, id);
            }
            case MemberEffect.Refused(long handle, String why) -> {
                around.trace().event(name(), "refused: " + why);
                who().refused(handle, why);
            }
            case MemberEffect.PostArrived(MemberSnapshot.BoardPost post) -> {
                around.trace().event(name(), "reads post " + post.id());
                around.invariants().observe(new Observation.Arrived(name(), post.id()));
                who().postArrived(post);
            }
            case MemberEffect.PrivateTextArrived(MemberSnapshot.PrivateText text) -> {
                around.trace().event(name(), "opens private text " + text.id());
                around.invariants().observe(new Observation.Arrived(name(), text.id()));
                who().privateTextArrived(text);
            }
            case MemberEffect.Snapshot ignored -> {}
            case MemberEffect.Notice(String kind, String text) -> {
                around.trace().event(name(), "notice " + kind + ": " + text);
                around.invariants().observe(new Observation.Noticed(name(), kind, text));
            }
        }
    }

    private Person who() {
        if (person == null) {
            throw new IllegalStateException("nobody sits at " + name());
        }
        return person;
    }

    private void send(PublicKey server, Frame frame) {
        around.invariants().observe(new Observation.Said(name(), frame));
        Link link = links.get(server);
        if (link != null && link.connection != null && link.up) {
            String to = link.connection.listener.name();
            around.trace().line(name(), () -> "-> " + to + "  " + Words.of(frame));
            around.network().send(link.connection, this, Frames.encode(frame).whole());
            around.triggers().sent(this, link.connection, frame);
        }
    }

    private void save(MemberEffect.Save save) {
        int boot = boots;
        vault.write(save.records(), () -> {
            if (boot == boots) {
                handle(new MemberEvent.Saved(save.ticket()));
            }
        });
    }

    private void wakeAt(long at) {
        long wake = ++wakes;
        around.time().at(at, () -> {
            if (wake == wakes) {
                handle(new MemberEvent.Tick());
            }
        });
    }
}
