package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;

/** The servers of the group by number, which of them are connected, and what each last said of itself (protocol §4). */
final class Peers {
    private final PublicKey self;
    private List<ServerEntry> servers;
    private final Map<PublicKey, PeerHello> up = new HashMap<>();

    Peers(PublicKey self, List<ServerEntry> servers) {
        this.self = self;
        this.servers = List.copyOf(servers);
    }

    void servers(List<ServerEntry> now) {
        servers = List.copyOf(now);
    }

    /** M. */
    int count() {
        return servers.size();
    }

    /** Own number, 0 if this server is not of the set. */
    int own() {
        return numberOf(self);
    }

    /** Number of a key, 0 if it is none of theirs. */
    int numberOf(PublicKey key) {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        return 0;
    }

    PublicKey keyOf(int number) {
        return servers.get(number - 1).key();
    }

    String nameOf(int number) {
        return servers.get(number - 1).name();
    }

    void up(PublicKey peer, PeerHello hello) {
        up.put(peer, hello);
    }

    void down(PublicKey peer) {
        up.remove(peer);
    }

    boolean isUp(PublicKey peer) {
        return up.containsKey(peer);
    }

    Optional<PeerHello> helloOf(PublicKey peer) {
        return Optional.ofNullable(up.get(peer));
    }

    /** Whether every other server is connected. */
    boolean allUp() {
        return up.size() >= servers.size() - 1 && missing().isEmpty();
    }

    /** Names of the servers that are not connected, by number. */
    List<String> missing() {
        List<String> names = new ArrayList<>();
        for (ServerEntry server : servers) {
            if (!server.key().equals(self) && !up.containsKey(server.key())) {
                names.add(server.name());
            }
        }
        return names;
    }

    /** Numbers of the connected servers and of this one, ascending. */
    List<Integer> numbersUp() {
        List<Integer> numbers = new ArrayList<>();
        for (int j = 1; j <= servers.size(); j++) {
            PublicKey key = keyOf(j);
            if (key.equals(self) || up.containsKey(key)) {
                numbers.add(j);
            }
        }
        return numbers;
    }

    /** Highest epoch number that any connected server has used. */
    long highestNumberSeen() {
        long highest = 0;
        for (PeerHello hello : up.values()) {
            highest = Math.max(highest, Math.max(hello.signsAbove(), hello.epoch()));
        }
        return highest;
    }

    /** Sends to every other server that is connected, by number. */
    void broadcast(Desk desk, Frame frame) {
        for (ServerEntry server : servers) {
            if (up.containsKey(server.key())) {
                desk.add(new ServerEffect.ToPeer(server.key(), frame));
            }
        }
    }

    /** Sends to one server by number, if it is connected and not this one. */
    void send(Desk desk, int number, Frame frame) {
        if (number < 1 || number > servers.size()) {
            return;
        }
        PublicKey key = keyOf(number);
        if (up.containsKey(key)) {
            desk.add(new ServerEffect.ToPeer(key, frame));
        }
    }
}
