package org.plainsong.testbed.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.member.MemberHost;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.MemberRuntime;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.net.DriverListener;
import org.plainsong.member.net.Endpoint;
import org.plainsong.member.net.PublicRequest;
import org.plainsong.member.vault.KeyCost;
import org.plainsong.member.vault.VaultException;
import org.plainsong.server.hosting.SystemRandomness;

/**
 * A group on loopback: servers as processes of their own, made by the commands that operators type, and profiles of members, made by the library that their
 * commands call. Closing it ends everything.
 */
public final class LocalGroup implements AutoCloseable {
    private static final int CHANGES_PER_ENTRY = 128;
    private static final long REQUEST_SECONDS = 30;
    private static final byte[] PASSPHRASE = "local members have nothing to hide".getBytes(StandardCharsets.US_ASCII);

    private final Path directory;
    private final List<LocalServer> servers;
    private final List<String> serverOptions;
    private final Signed<GroupDefinition> definition;
    private final Ed25519.SigningKey admin;
    private final MemberHost host;
    private final Randomness randomness;
    private Roster roster;
    private int made;

    private LocalGroup(
            Path directory,
            List<LocalServer> servers,
            List<String> serverOptions,
            Signed<GroupDefinition> definition,
            Ed25519.SigningKey admin,
            MemberHost host) {
        this.directory = directory;
        this.servers = List.copyOf(servers);
        this.serverOptions = List.copyOf(serverOptions);
        this.definition = definition;
        this.admin = admin;
        this.host = host;
        this.randomness = new SystemRandomness();
        this.roster = accepted(Roster.genesis(definition, new WireSignatureCheck()));
    }

    /**
     * Makes a group: servers with keys and cards, the definition signed by all. Nothing runs yet.
     *
     * @param directory empty; everything is put there
     * @param count number of servers, 2 to 16
     * @param serverOptions options of the servers' Java processes
     * @param threads network threads of the members
     */
    public static LocalGroup make(Path directory, int count, Policy policy, List<String> serverOptions, int threads)
            throws IOException {
        Randomness randomness = new SystemRandomness();
        List<LocalServer> servers = new ArrayList<>();
        List<Signed<ServerCard>> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = name(i);
            LocalServer server =
                    LocalServer.init(directory.resolve("server-" + name), name, "Operator of " + name, freePort());
            servers.add(server);
            cards.add(read(server.card(), ServerCard.class));
        }
        Ed25519.SigningKey admin = Ed25519.SigningKey.fromSeed(randomness.bytes(Ed25519.SEED_SIZE));
        WireSigner signer = new WireSigner(admin);
        Signed<GroupDefinition> unsigned = signer.sign(Founding.definition(
                "Local group",
                "A group on one machine",
                policy,
                List.of(new Admin("admin", signer.publicKey())),
                1,
                cards,
                randomness));
        Path file = directory.resolve("group.plainsong");
        Files.write(file, Envelopes.encode(unsigned).toByteArray());
        // Once for everybody's consent, once more to host what all have signed.
        servers.forEach(server -> server.host(file));
        servers.forEach(server -> server.host(file));
        Signed<GroupDefinition> definition = read(file, GroupDefinition.class);
        return new LocalGroup(
                directory, servers, serverOptions, definition, admin, new MemberHost(threads, randomness));
    }

    private static String name(int index) {
        String[] names = {"north", "east", "south", "west"};
        return index < names.length ? names[index] : String.format(Locale.ROOT, "server%d", index + 1);
    }

    @SuppressForbidden("looks for a free port and closes it again; nothing is connected")
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <M extends org.plainsong.core.message.Message> Signed<M> read(Path file, Class<M> type)
            throws IOException {
        try {
            return Envelopes.decode(ByteString.wrap(Files.readAllBytes(file)), type);
        } catch (FormatException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Where everything lies. */
    public Path directory() {
        return directory;
    }

    /** The servers, by number. */
    public List<LocalServer> servers() {
        return servers;
    }

    /** File with the definition that all have signed. */
    public Path definitionFile() {
        return directory.resolve("group.plainsong");
    }

    /** The group's id. */
    public GroupId id() {
        return Roster.groupId(definition);
    }

    /** Starts all servers and waits until they listen. */
    public void startServers() throws IOException, InterruptedException {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (LocalServer server : servers) {
            starts.add(server.start(serverOptions));
        }
        LocalServer.await(starts);
    }

    /** Starts one server again after it was killed. */
    public void restart(LocalServer server) throws IOException, InterruptedException {
        LocalServer.await(List.of(server.start(serverOptions)));
    }

    /** Makes profiles, further ones after those made before, each in a directory of its own, with keys that cost nothing to try: their passphrase is no secret. */
    public List<MemberProfile> makeMembers(int count) throws IOException {
        List<MemberProfile> profiles = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                MemberProfile profile =
                        MemberProfile.create(profileDirectory(made), PASSPHRASE.clone(), KeyCost.none(), randomness);
                profile.add(Envelopes.encode(definition));
                profiles.add(profile);
                made++;
            }
        } catch (VaultException | FormatException e) {
            throw new IOException("a member's profile could not be made: " + e.getMessage(), e);
        }
        return profiles;
    }

    /** Opens a profile again that was closed. */
    public MemberProfile reopen(int index) throws IOException {
        try {
            return MemberProfile.open(profileDirectory(index), PASSPHRASE.clone(), randomness);
        } catch (VaultException e) {
            throw new IOException("a member's profile could not be opened: " + e.getMessage(), e);
        }
    }

    /** Where a member's profile lies. */
    public Path profileDirectory(int index) {
        return directory.resolve(String.format(Locale.ROOT, "member-%02d", index + 1));
    }

    /** Adds these members to the roster, as the admin, through a running server. */
    public void admit(List<MemberProfile> profiles) throws IOException, InterruptedException {
        WireSignatureCheck check = new WireSignatureCheck();
        for (int from = 0; from < profiles.size(); from += CHANGES_PER_ENTRY) {
            List<RosterChange> changes = new ArrayList<>();
            Roster before = roster;
            for (int i = from; i < Math.min(profiles.size(), from + CHANGES_PER_ENTRY); i++) {
                changes.add(Founding.add(
                        before,
                        profiles.get(i).card(),
                        String.format(Locale.ROOT, "Member %d", before.members().size() + i - from + 1)));
            }
            Signed<RosterEntry> entry = new WireSigner(admin).sign(Founding.next(roster, changes));
            hand(entry);
            roster = accepted(roster.apply(entry, check));
        }
    }

    private static Roster accepted(RosterOutcome outcome) {
        return switch (outcome) {
            case RosterOutcome.Accepted accepted -> accepted.roster();
            case RosterOutcome.Refused refused ->
                throw new IllegalStateException(refused.problem().text());
        };
    }

    private void hand(Signed<RosterEntry> entry) throws IOException, InterruptedException {
        Endpoint first = Endpoint.of(definition.message().servers().get(0)).orElseThrow();
        try {
            PublicRequest.Answer answer = PublicRequest.postRoster(
                            host.connections(), first, id(), Envelopes.encode(entry))
                    .get(REQUEST_SECONDS, TimeUnit.SECONDS);
            if (answer.status() / 100 != 2) {
                throw new IOException("the roster entry was refused with status " + answer.status() + ": "
                        + new String(answer.body().toByteArray(), StandardCharsets.UTF_8));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the roster entry could not be handed in: " + e.getMessage(), e);
        }
    }

    /** A member of the group who takes part once started. */
    public MemberRuntime member(MemberProfile profile, DriverListener listener) {
        return host.member(profile, id(), OptionalInt.empty(), listener);
    }

    /** Signing key of the admin's, for searches in what others wrote: it must stand nowhere. */
    public ByteString adminSeed() {
        return ByteString.of(admin.seed().expose());
    }

    /** The admin's public key. */
    public PublicKey adminKey() {
        return new PublicKey(admin.publicKey());
    }

    /** Deletes everything. Call it closed. */
    public void delete() {
        try (java.util.stream.Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(LocalServer::close);
        host.close();
        admin.close();
    }
}
