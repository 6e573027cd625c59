package org.plainsong.member.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signer;

/**
 * The connections to the servers: one to each, so that none alone can silence the member in a setup (protocol §4.1), and one of
 * them to submit on (§5.3). When that one breaks or stays silent, another takes its place.
 */
final class Links {
    private static final long CHOOSING_MILLIS = 2000;

    private enum State {
        DOWN,
        UP,
        READY
    }

    private final Desk desk;
    private final GroupId group;
    private final Signer signer;
    private final Map<PublicKey, State> states = new TreeMap<>();
    private List<PublicKey> servers;
    private PublicKey attached;
    /** At the start the chosen server gets a moment to answer, so that members do not all crowd at the quickest one. */
    private boolean choosing = true;

    /**
     * @param servers in the order of their numbers
     * @param spread any number that differs from member to member, so that they spread over the servers
     */
    Links(Desk desk, GroupId group, Signer signer, List<PublicKey> servers, int spread) {
        this.desk = desk;
        this.group = group;
        this.signer = signer;
        this.servers = servers;
        this.attached = servers.get(Math.floorMod(spread, servers.size()));
        servers.forEach(s -> states.put(s, State.DOWN));
    }

    void start() {
        desk.alarmIn(Desk.Alarm.CHOOSE, CHOOSING_MILLIS);
        servers.forEach(s -> desk.add(new MemberEffect.Connect(s, s.equals(attached))));
    }

    /** The servers of the group are others from now on; connections to those that stay stay. */
    void serversAre(List<PublicKey> now) {
        if (now.equals(servers)) {
            return;
        }
        servers.stream().filter(s -> !now.contains(s)).forEach(s -> {
            states.remove(s);
            desk.add(new MemberEffect.Disconnect(s));
        });
        List<PublicKey> added = now.stream().filter(s -> !servers.contains(s)).toList();
        added.forEach(s -> states.put(s, State.DOWN));
        servers = now;
        if (!now.contains(attached)) {
            attached = now.get(0);
            desk.add(new MemberEffect.Connect(attached, true));
        }
        added.stream().filter(s -> !s.equals(attached)).forEach(s -> desk.add(new MemberEffect.Connect(s, false)));
    }

    /** The chosen server had its moment. */
    void chosen() {
        choosing = false;
        if (states.get(attached) == State.DOWN) {
            moveOn();
        }
    }

    void up(PublicKey server) {
        if (states.containsKey(server)) {
            states.put(server, State.UP);
        }
    }

    /** Answers a challenge. True if from now on the member is attached there. */
    boolean challenged(PublicKey server, Frame.Challenge challenge, long feedFrom) {
        if (states.get(server) != State.UP) {
            return false;
        }
        if (!choosing && !server.equals(attached) && states.get(attached) == State.DOWN) {
            attached = server;
            desk.notice("failover", "attached to another server");
        }
        boolean submits = server.equals(attached);
        choosing = choosing && !submits;
        Attach attach = new Attach(group, server, challenge.value(), submits, feedFrom);
        desk.send(server, new Frame.Statement(Packet.of(signer.sign(attach))));
        states.put(server, State.READY);
        return submits;
    }

    /** The connection is gone; if it was the one to submit on, another that stands takes its place. */
    void down(PublicKey server) {
        if (!states.containsKey(server)) {
            return;
        }
        states.put(server, State.DOWN);
        if (server.equals(attached)) {
            moveOn();
        }
    }

    /** Attaches to the next server that is connected, if there is another. */
    void moveOn() {
        int from = servers.indexOf(attached);
        for (int i = 1; i < servers.size(); i++) {
            PublicKey next = servers.get((from + i) % servers.size());
            if (states.get(next) != State.DOWN) {
                moveTo(next);
                return;
            }
        }
    }

    /** What a connection is for stands in its attach, so that another use needs another connection. */
    private void moveTo(PublicKey next) {
        PublicKey before = attached;
        attached = next;
        desk.notice("failover", "attached to another server");
        if (states.get(next) == State.READY) {
            reconnect(next, true);
        }
        if (states.get(before) == State.READY) {
            reconnect(before, false);
        }
    }

    private void reconnect(PublicKey server, boolean submits) {
        states.put(server, State.DOWN);
        desk.add(new MemberEffect.Connect(server, submits));
    }

    boolean isReady(PublicKey server) {
        return states.get(server) == State.READY;
    }

    /** The server to submit to, while its connection stands. */
    Optional<PublicKey> attached() {
        return isReady(attached) ? Optional.of(attached) : Optional.empty();
    }

    boolean isAttached(PublicKey server) {
        return server.equals(attached);
    }

    /** Sends to every server that is connected (protocol §4.1: to every server). */
    void sendToAll(Frame frame) {
        servers.stream().filter(this::isReady).forEach(s -> desk.send(s, frame));
    }

    int upCount() {
        return (int) states.values().stream().filter(s -> s != State.DOWN).count();
    }

    int count() {
        return servers.size();
    }
}
