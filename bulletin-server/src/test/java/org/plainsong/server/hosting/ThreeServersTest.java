package org.plainsong.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.server.TestGroup;
import org.plainsong.server.engine.ServerEffect;

/** Three servers with their real nodes, in one process but over real sockets. */
@Timeout(120)
class ThreeServersTest {
    @TempDir
    Path directory;

    private final List<ServerProcess> servers = new ArrayList<>();
    private TestGroup group;
    private int[] ports;

    @AfterEach
    void stop() {
        servers.forEach(ServerProcess::close);
    }

    /** Starts a server; completes when its node shows all three as connected. */
    private CompletableFuture<Boolean> start(int index) throws Exception {
        CompletableFuture<Boolean> together = new CompletableFuture<>();
        Randomness random = Randomness.seeded(new byte[] {(byte) index});
        Surroundings.NodeMaker real = Nodes.of(group.serverKeys.get(index), random, ParallelWork.HERE);
        servers.add(TestServer.start(
                directory.resolve("s" + index), group, index, ports[index], Map.of(), (id, check, stored) -> {
                    NodePort node = real.create(id, check, stored);
                    return (now, event) -> {
                        List<ServerEffect> effects = node.handle(now, event);
                        for (ServerEffect effect : effects) {
                            if (effect instanceof ServerEffect.Changed(var snapshot)
                                    && snapshot.peersUp().size() == 3) {
                                together.complete(true);
                            }
                        }
                        return effects;
                    };
                }));
        return together;
    }

    @Test
    void serversFindEachOtherWhateverTheOrderOfTheirStartAndAgainAfterARestart() throws Exception {
        ports = TestServer.freePorts(3);
        group = new TestGroup(11, 4, ports);
        CompletableFuture<Boolean> third = start(2);
        CompletableFuture<Boolean> first = start(0);
        CompletableFuture<Boolean> second = start(1);

        assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(third.get(60, TimeUnit.SECONDS)).isTrue();

        servers.remove(2).close();
        assertThat(start(1).get(60, TimeUnit.SECONDS)).isTrue();
    }
}
