package org.plainsong.server.hosting;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Signed;
import org.plainsong.server.config.ServerConfig;
import org.plainsong.server.net.EdgeLimits;
import org.plainsong.server.net.EdgeServer;
import org.plainsong.server.net.GroupDoor;
import org.plainsong.server.net.Hosting;
import org.plainsong.server.net.PeerDialer;
import org.plainsong.server.net.PinnedTls;
import org.plainsong.server.net.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** A server that runs: all groups of one directory behind one port. */
public final class ServerProcess implements Hosting, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int READERS = 2;
    private static final int DRAIN_SECONDS = 30;

    private final ServerDirectory directory;
    private final ServerConfig config;
    private final EventLoopGroup loops;
    private final ExecutorService reading;
    private final PeerDialer.Surroundings dialing;
    private final Surroundings around;
    private final Map<String, HostedGroup> groups = new ConcurrentSkipListMap<>();
    private final Map<String, PeerDialer> dialers = new LinkedHashMap<>();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private volatile Optional<EdgeServer> edge = Optional.empty();

    private ServerProcess(
            ServerDirectory directory,
            ServerConfig config,
            Ed25519.SigningKey key,
            Surroundings.NodeMaker nodes,
            Randomness random) {
        this.directory = directory;
        this.config = config;
        this.loops = new MultiThreadIoEventLoopGroup(config.work().networkThreads(), NioIoHandler.newFactory());
        this.reading = Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().daemon().name("read-", 0).factory());
        this.dialing = new PeerDialer.Surroundings(
                loops,
                limits(config),
                config.peers().reconnectMinMillis(),
                config.peers().reconnectMaxMillis(),
                random,
                new AtomicLong());
        this.around = new Surroundings(key, nodes, reading, config.storage().minFreeBytes());
    }

    /**
     * Starts everything: groups first, then the port, then the admin socket.
     *
     * @param nodes makes the node of a group
     * @param random the operating system's randomness
     * @throws IOException if the keys, an archive or the port cannot be used; nothing runs then
     */
    public static ServerProcess start(
            ServerDirectory directory, ServerConfig config, Surroundings.NodeMaker nodes, Randomness random)
            throws IOException {
        Ed25519.SigningKey key = directory.readServerKey();
        TlsIdentity tls = directory.readTls();
        ServerProcess process = new ServerProcess(directory, config, key, nodes, random);
        try {
            process.pickUp();
            EdgeServer edge = EdgeServer.open(
                    config.server().listen().socketAddress(),
                    tls,
                    limits(config),
                    process,
                    new EdgeServer.Shared(process.loops, random, process.dialing.numbers()));
            process.edge = Optional.of(edge);
            process.openAdminSocket();
            return process;
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Without it the server runs all the same; only the commands that ask a running server do not reach it. */
    private void openAdminSocket() {
        try {
            owned.add(AdminSocket.open(directory.root().resolve(config.admin().socket()), this::administer));
        } catch (IOException e) {
            LOG.warn("no admin socket: {}", e.getMessage());
        }
    }

    private static EdgeLimits limits(ServerConfig config) {
        ServerConfig.Limits limits = config.limits();
        return new EdgeLimits(
                limits.connections(),
                limits.connectionsPerAddress(),
                limits.handshakeSeconds(),
                limits.firstFrameSeconds(),
                limits.requestsPerSecond(),
                limits.statementsPerSecond(),
                limits.idleSeconds(),
                limits.outgoingBytes());
    }

    /** Starts the groups of the directory that do not run yet; how many. */
    public synchronized int pickUp() throws IOException {
        int started = 0;
        for (Signed<GroupDefinition> definition : directory.hosted()) {
            GroupId id = Roster.groupId(definition);
            String hex = id.value().hex();
            if (!groups.containsKey(hex)) {
                HostedGroup group = HostedGroup.open(definition, directory.group(id), around);
                groups.put(hex, group);
                group.whenRosterChanges(() -> redial(hex, group));
                LOG.info("group {}: hosted", id);
                started++;
            }
        }
        return started;
    }

    /** Connects to the peers that the newest roster says, and no longer to others. */
    private void redial(String hex, HostedGroup group) {
        synchronized (dialers) {
            Map<String, PeerDialer> wanted = new LinkedHashMap<>();
            group.peersToDial().forEach(peer -> {
                String name = hex + " " + peer.key().value().hex() + " " + peer.url() + " "
                        + peer.tlsPin().hex();
                PeerDialer running = dialers.remove(name);
                wanted.put(name, running != null ? running : PeerDialer.start(group, peer, dialing));
            });
            dialers.entrySet().removeIf(other -> {
                boolean ours = other.getKey().startsWith(hex);
                if (ours) {
                    other.getValue().stop();
                }
                return ours;
            });
            dialers.putAll(wanted);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return edge.orElseThrow(() -> new IllegalStateException("the server does not listen"))
                .address()
                .getPort();
    }

    /** How many groups are hosted. */
    public int groupCount() {
        return groups.size();
    }

    @Override
    public Optional<GroupDoor> door(String groupIdHex) {
        return Optional.ofNullable(groups.get(groupIdHex));
    }

    @Override
    public Health health() {
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (HostedGroup group : groups.values()) {
            GroupStatus status = group.status();
            number++;
            if (!status.disk().isEmpty()) {
                problems.add("group " + number + ": disk: " + status.disk());
            }
            if (status.phase().equals("broken")) {
                problems.add("group " + number + ": stopped by an internal error");
            }
        }
        return verdict(problems);
    }

    @Override
    public Health readiness() {
        List<String> missing = new ArrayList<>();
        int number = 0;
        for (HostedGroup group : groups.values()) {
            number++;
            for (String what : group.status().notReady()) {
                missing.add("group " + number + ": " + what);
            }
        }
        if (groups.isEmpty()) {
            missing.add("no group is hosted");
        }
        return verdict(missing);
    }

    private static Health verdict(List<String> problems) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", problems.isEmpty() ? "pass" : "fail");
        answer.put("notes", problems);
        return new Health(problems.isEmpty(), JSON.writeValueAsString(answer) + "\n");
    }

    /** What an operator sees. */
    public ProcessStatus status() {
        long free;
        try {
            free = Files.getFileStore(directory.root()).getUsableSpace();
        } catch (IOException e) {
            free = 0;
        }
        return new ProcessStatus(
                config.server().listen().host() + ":"
                        + edge.map(e -> e.address().getPort()).orElse(0),
                edge.map(EdgeServer::connections).orElse(0),
                edge.map(EdgeServer::refused).orElse(0),
                free,
                PinnedTls.hybridAvailable(),
                groups.values().stream().map(HostedGroup::status).toList());
    }

    private String administer(String line) {
        try {
            return switch (line) {
                case "status" -> JSON.writeValueAsString(status());
                case "groups" -> JSON.writeValueAsString(Map.of("started", pickUp()));
                default -> JSON.writeValueAsString(Map.of("error", "unknown request"));
            };
        } catch (IOException e) {
            return JSON.writeValueAsString(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    /** Finishes the rounds in hand, as long as that does not take too long, and stops. */
    public void drainAndClose() {
        edge.ifPresent(EdgeServer::close);
        List<CompletableFuture<Boolean>> drained =
                groups.values().stream().map(HostedGroup::drain).toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(drained.toArray(new CompletableFuture<?>[0]))
                .completeOnTimeout(null, DRAIN_SECONDS, TimeUnit.SECONDS);
        all.join();
        close();
    }

    /** Stops at once. */
    @Override
    public void close() {
        edge.ifPresent(EdgeServer::close);
        synchronized (dialers) {
            dialers.values().forEach(PeerDialer::stop);
            dialers.clear();
        }
        groups.values().forEach(HostedGroup::close);
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.debug("at the end: {}", e.getMessage());
            }
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        reading.shutdownNow();
    }
}
