package org.plainsong.server.hosting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.TestGroup;
import org.plainsong.server.config.ConfigReader;

/** Servers of a test group on the loopback. */
final class TestServer {
    private TestServer() {}

    /** Ports that were free a moment ago. */
    static int[] freePorts(int count) throws IOException {
        ServerSocket[] sockets = new ServerSocket[count];
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /** Server number {@code index + 1} of the group, hosting it, with this node. */
    static ServerProcess start(
            Path root, TestGroup group, int index, int port, NodePort node, Map<String, String> settings)
            throws Exception {
        return start(root, group, index, port, settings, (id, check, stored) -> {
            stored.entries().forEach(entry -> {});
            return node;
        });
    }

    /** As above, with whatever node. */
    static ServerProcess start(
            Path root, TestGroup group, int index, int port, Map<String, String> settings, Surroundings.NodeMaker nodes)
            throws Exception {
        ServerDirectory directory = new ServerDirectory(root);
        Map<String, String> flags = new HashMap<>(settings);
        flags.put("server.listen", "127.0.0.1:" + port);
        flags.putIfAbsent("peers.reconnect_min_millis", "20");
        flags.putIfAbsent("peers.reconnect_max_millis", "100");
        if (!Files.exists(directory.serverKey())) {
            WireSigner signer = new WireSigner(group.serverKeys.get(index));
            ServerCard card =
                    new ServerCard(group.definition.message().servers().get(index));
            directory.create(group.serverKeys.get(index), group.tls.get(index), "", signer.sign(card));
            directory.host(group.id(), group.definition);
        }
        return ServerProcess.start(
                directory,
                ConfigReader.read("test", "", Map.of(), flags).config(),
                nodes,
                Randomness.seeded(new byte[] {(byte) index, (byte) (port >>> 8), (byte) port}));
    }
}
