package org.plainsong.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.transcript.SignedNote;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.Frames;
import org.plainsong.core.wire.WireSigner;
import org.plainsong.server.TestGroup;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;
import org.plainsong.server.engine.StoreWrite;
import org.plainsong.server.net.Publication;
import org.plainsong.server.net.TestClient;
import org.plainsong.server.store.ArchiveReader;

/** Real sockets on the loopback around a scripted node: who gets in, who does not, and what becomes of what they send. */
@Timeout(120)
class ServerProcessTest {
    @TempDir
    Path directory;

    private int port;
    private TestGroup group;
    private ServerProcess server;
    private final List<TestClient> clients = new ArrayList<>();
    private final ScriptedNode node = new ScriptedNode(event -> List.of());

    @BeforeEach
    void start() throws Exception {
        int[] ports = TestServer.freePorts(2);
        port = ports[1];
        group = new TestGroup(7, 3, ports[0], port);
        server = TestServer.start(directory.resolve("s"), group, 1, port, node, settings());
        node.await(ServerEvent.Started.class);
        hold(1, new StoreWrite.RosterEntryHeld(group.addMembers()));
    }

    private static Map<String, String> settings() {
        return Map.of("limits.first_frame_seconds", "3", "limits.idle_seconds", "1", "limits.handshake_seconds", "5");
    }

    /** Has the driver write something, as the node would want after checking it. */
    private void hold(long ticket, StoreWrite write) throws Exception {
        node.script(event ->
                event instanceof ServerEvent.Tick ? List.of(new ServerEffect.Store(write, ticket)) : List.of());
        hosted().post(new ServerEvent.Tick(), () -> {});
        assertThat(node.await(ServerEvent.Stored.class).ticket()).isEqualTo(ticket);
        node.script(event -> List.of());
    }

    private HostedGroup hosted() {
        return (HostedGroup) server.door(group.id().value().hex()).orElseThrow();
    }

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        server.close();
    }

    private TestClient connect() {
        TestClient client = TestClient.connect(port, group.tls.get(1).pin(), group);
        clients.add(client);
        return client;
    }

    private TestClient attach(Ed25519.SigningKey key) throws Exception {
        TestClient client = TestClient.attach(port, group.tls.get(1).pin(), group, 1, key);
        clients.add(client);
        return client;
    }

    private Attach answer(GroupId id, int server, ByteString challenge, boolean submits) {
        return new Attach(id, TestGroup.publicKey(group.serverKeys.get(server)), challenge, submits, 0);
    }

    @Test
    void aMemberThatAnswersTheChallengeIsAttachedAndSpokenTo() throws Exception {
        Frame.Problem word = new Frame.Problem("hello", "from the node");
        node.script(event -> event instanceof ServerEvent.MemberUp up
                ? List.of(new ServerEffect.ToMember(up.member(), up.connection(), word))
                : List.of());

        TestClient client = attach(group.memberKeys.get(0));

        ServerEvent.MemberUp up = node.await(ServerEvent.MemberUp.class);
        assertThat(up.member()).isEqualTo(group.member(0));
        assertThat(up.attach().submits()).isTrue();
        assertThat(client.next()).isEqualTo(word);
        client.close();
        assertThat(node.await(ServerEvent.MemberDown.class).connection()).isEqualTo(up.connection());
    }

    @Test
    void aStatementReachesTheNodeWithItsBytesAndABroadcastReachesEveryMember() throws Exception {
        TestClient first = attach(group.memberKeys.get(0));
        TestClient second = attach(group.memberKeys.get(1));
        node.await(ServerEvent.MemberUp.class);
        node.await(ServerEvent.MemberUp.class);
        Frame.Problem word = new Frame.Problem("to-all", "from the node");
        node.script(event ->
                event instanceof ServerEvent.FromMember ? List.of(new ServerEffect.ToMembers(word)) : List.of());
        Packet<Header> packet = header(0, bytes(100_000));

        first.send(new Frame.Statement(packet));

        ServerEvent.FromMember arrived = node.await(ServerEvent.FromMember.class);
        assertThat(arrived.packet()).isEqualTo(packet);
        assertThat(arrived.member()).isEqualTo(group.member(0));
        assertThat(first.next()).isEqualTo(word);
        assertThat(second.next()).isEqualTo(word);
    }

    @Test
    void aCiphertextThatIsNotTheOneInItsHeaderIsRefused() throws Exception {
        TestClient client = attach(group.memberKeys.get(0));
        Packet<Header> packet = header(0, bytes(5000));

        client.send(new Frame.Statement(new Packet<>(packet.statement(), bytes(5001))));

        assertThat(client.problem()).isEqualTo("ciphertext-differs");
        client.closed();
    }

    @Test
    void aStatementOfAStrangerOrWithABadSignatureIsRefused() throws Exception {
        Ed25519.SigningKey stranger = Ed25519.SigningKey.fromSeed(new byte[32]);
        TestClient first = attach(group.memberKeys.get(0));
        first.send(header(0, bytes(10)).statement().message(), stranger);
        assertThat(first.problem()).isEqualTo("unknown-signer");

        TestClient second = attach(group.memberKeys.get(0));
        byte[] frame =
                Frames.encode(new Frame.Statement(header(0, bytes(10)))).whole().toByteArray();
        frame[frame.length - 20] ^= 1;
        second.sendMessage(frame);
        assertThat(second.problem()).isEqualTo("unknown-signer");
        assertThat(node.left()).noneMatch(ServerEvent.FromMember.class::isInstance);
    }

    @Test
    void whoDoesNotProveAKeyOfTheGroupIsRefusedByName() throws Exception {
        TestClient stranger = connect();
        stranger.send(answer(group.id(), 1, stranger.challenge(), true), Ed25519.SigningKey.fromSeed(new byte[32]));
        assertThat(stranger.problem()).isEqualTo("not-a-member");

        ByteString otherChallenge = connect().challenge();
        TestClient replay = connect();
        replay.challenge();
        replay.send(answer(group.id(), 1, otherChallenge, true), group.memberKeys.get(0));
        assertThat(replay.problem()).isEqualTo("not-proven");

        TestClient otherServer = connect();
        otherServer.send(answer(group.id(), 0, otherServer.challenge(), true), group.memberKeys.get(0));
        assertThat(otherServer.problem()).isEqualTo("not-proven");

        TestClient otherGroup = connect();
        GroupId other = new TestGroup(8, 1, 1001, 1002).id();
        otherGroup.send(answer(other, 1, otherGroup.challenge(), true), group.memberKeys.get(0));
        assertThat(otherGroup.problem()).isEqualTo("wrong-group");
        assertThat(node.left()).noneMatch(ServerEvent.MemberUp.class::isInstance);
    }

    @Test
    void aSuspendedMemberIsCutOffAndNotLetInAgain() throws Exception {
        TestClient client = attach(group.memberKeys.get(2));
        node.await(ServerEvent.MemberUp.class);
        var suspend = group.entry(
                2, Hash.sha256(group.addMembers().payload()), List.of(new RosterChange.SuspendMember(group.member(2))));

        hold(2, new StoreWrite.RosterEntryHeld(suspend));

        assertThat(client.problem()).isEqualTo("roster-changed");
        client.closed();
        TestClient again = attach(group.memberKeys.get(2));
        assertThat(again.problem()).isEqualTo("suspended");
    }

    @Test
    void aWrongPinOrAnUnknownGroupGetsNoWebSocket() throws Exception {
        TestClient wrongPin = TestClient.connect(port, group.tls.get(0).pin(), group);
        assertThat(wrongPin.isOpen()).isFalse();
        TestClient wrongGroup = TestClient.connect(port, group.tls.get(1).pin(), new TestGroup(8, 1, 1001, 1002));
        assertThat(wrongGroup.isOpen()).isFalse();
        wrongGroup.close();
    }

    @Test
    void whoSaysNothingIsClosedInTimeAndToldWhy() throws Exception {
        TestClient silent = connect();
        silent.challenge();

        assertThat(silent.problem()).isEqualTo("too-slow");
        assertThat(silent.closed()).isEqualTo("too-slow");
    }

    @Test
    void whoSendsAMessageByteByByteHoldsNoPlaceLongerThanWhoSendsNone() throws Exception {
        TestClient slow = connect();
        slow.challenge();
        for (byte b : new byte[] {(byte) 0x82, (byte) 0xFE, 0x0F, 0x00}) {
            slow.sendRaw(new byte[] {b});
        }

        assertThat(slow.closed()).isEqualTo("too-slow");
    }

    @Test
    void whoConnectsAndDoesNotEvenSpeakTlsIsClosedInTime() throws Exception {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket noise = new Socket(InetAddress.getLoopbackAddress(), port)) {
            noise.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            silent.setSoTimeout(30_000);
            noise.setSoTimeout(30_000);

            assertThat(endOf(silent)).isTrue();
            assertThat(endOf(noise)).isTrue();
        }
    }

    /** Reads until the other side has closed, in whatever way. */
    private static boolean endOf(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // An alert of TLS may come first.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void aLongMessageBeforeAKeyIsProvenIsRefusedAtItsHeader() throws Exception {
        TestClient client = connect();
        client.challenge();
        client.sendMessage(new byte[70_000]);

        assertThat(client.closed()).contains("bytes are taken here and now");
    }

    @Test
    void randomMessagesBeforeAndAfterTheProofEndInANamedProblemAndTheNodeSeesNone() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            byte[] noise = new byte[200];
            new Random(seed).nextBytes(noise);
            TestClient stranger = connect();
            stranger.challenge();
            stranger.sendMessage(noise);
            assertThat(stranger.problem()).isIn("bad-frame", "unexpected-frame");
            TestClient member = attach(group.memberKeys.get(0));
            member.sendMessage(noise);
            assertThat(member.problem()).isIn("bad-frame", "unexpected-frame");
        }
        assertThat(node.left()).noneMatch(ServerEvent.FromMember.class::isInstance);
    }

    @Test
    void aHalfOpenConnectionIsFoundAndReported() throws Exception {
        TestClient client = attach(group.memberKeys.get(0));
        ServerEvent.MemberUp up = node.await(ServerEvent.MemberUp.class);
        client.stopReading();

        assertThat(node.await(ServerEvent.MemberDown.class).connection()).isEqualTo(up.connection());
    }

    @Test
    void aReaderThatDoesNotReadIsCutOffAndTheOthersAreServed() throws Exception {
        server.close();
        server = TestServer.start(
                directory.resolve("s"),
                group,
                1,
                port,
                (now, event) -> node.handle(now, event),
                Map.of("limits.outgoing_bytes", "1048576", "limits.idle_seconds", "60"));
        hold(1, new StoreWrite.RosterEntryHeld(group.addMembers()));
        TestClient slow = attach(group.memberKeys.get(0));
        ServerEvent.MemberUp slowUp = node.await(ServerEvent.MemberUp.class);
        TestClient quick = attach(group.memberKeys.get(1));
        node.await(ServerEvent.MemberUp.class);
        slow.stopReading();
        Frame.EntryFrame big = new Frame.EntryFrame(9, bytes(200_000));
        node.script(event ->
                event instanceof ServerEvent.MemberAsks ? List.of(new ServerEffect.ToMembers(big)) : List.of());

        for (int i = 0; i < 100; i++) {
            quick.send(new Frame.Fetch.CurrentLeaves());
            assertThat(quick.next()).isEqualTo(big);
        }

        assertThat(node.await(ServerEvent.MemberDown.class).connection()).isEqualTo(slowUp.connection());
    }

    @Test
    void theFeedGivesEveryEntryOnceAndInOrderWhileNewOnesArrive() throws Exception {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            entries.add(new Entry(i, Entry.ROSTER, List.of(Envelopes.encode(group.addMembers())), ByteString.EMPTY));
        }
        node.script(event -> switch (event) {
            case ServerEvent.MemberUp up ->
                List.of(new ServerEffect.FeedMember(
                        up.member(), up.connection(), up.attach().feedFrom()));
            case ServerEvent.MemberAsks asks
            when asks.what() instanceof Frame.Fetch.Entries(long index) ->
                List.of(new ServerEffect.Store(
                        new StoreWrite.AppendEntries(List.of(entries.get((int) index - 1)), List.of()), index));
            case ServerEvent.Stored stored -> List.of(new ServerEffect.Publish(entries.get((int) stored.ticket() - 1)));
            default -> List.of();
        });
        TestClient first = attach(group.memberKeys.get(0));
        assertThat(((Frame.EntryFrame) first.next()).index()).isZero();

        for (int i = 1; i <= 20; i++) {
            first.send(new Frame.Fetch.Entries(i));
        }
        TestClient second = attach(group.memberKeys.get(1));
        for (int i = 21; i <= 40; i++) {
            first.send(new Frame.Fetch.Entries(i));
        }

        for (int i = 1; i <= 40; i++) {
            assertThat(first.next()).isEqualTo(new Frame.EntryFrame(i, EntryCodec.encode(entries.get(i - 1))));
        }
        for (int i = 0; i <= 40; i++) {
            assertThat(((Frame.EntryFrame) second.next()).index()).isEqualTo(i);
        }
    }

    @Test
    void anAuditorGetsTheFeedAndMaySayNothing() throws Exception {
        TestClient auditor = connect();
        auditor.send(answer(group.id(), 1, auditor.challenge(), false), group.auditor);

        assertThat(((Frame.EntryFrame) auditor.next()).index()).isZero();
        auditor.send(new Frame.Fetch.CurrentLeaves());
        assertThat(auditor.problem()).isEqualTo("unexpected-frame");
    }

    @Test
    void aPeerWithALowerNumberThatProvesItsKeyIsUpAndOurHelloGoesBack() throws Exception {
        PeerHello ours = hello(0, bytes(32));
        node.script(event -> event instanceof ServerEvent.PeerChallenged challenged
                ? List.of(new ServerEffect.ToPeer(
                        challenged.peer(),
                        new Frame.Statement(Packet.of(new WireSigner(group.serverKeys.get(1)).sign(ours)))))
                : List.of());
        TestClient peer = connect();
        ByteString challenge = peer.challenge();
        peer.send(new Frame.Challenge(bytes(32)));
        peer.send(hello(1, challenge), group.serverKeys.get(0));

        assertThat(node.await(ServerEvent.PeerChallenged.class).challenge()).isEqualTo(bytes(32));
        assertThat(node.await(ServerEvent.PeerUp.class).hello().message().challenge())
                .isEqualTo(challenge);
        assertThat(((Frame.Statement) peer.next()).packet().statement().message())
                .isEqualTo(ours);
        peer.close();
        node.await(ServerEvent.PeerDown.class);
    }

    @Test
    void aMemberCannotSpeakAsAPeer() throws Exception {
        TestClient peer = connect();
        ByteString challenge = peer.challenge();
        peer.send(new Frame.Challenge(bytes(32)));
        peer.send(hello(1, challenge), group.memberKeys.get(0));

        assertThat(peer.problem()).isEqualTo("not-a-member");
    }

    @Test
    void aBugInTheNodeStopsItsGroupAndIsShown() throws Exception {
        node.script(event -> {
            throw new IllegalStateException("planted");
        });

        assertThat(hosted().submit(group.addMembers()).toCompletableFuture().get())
                .contains("an internal error: planted");
        assertThat(hosted().status().phase()).isEqualTo("broken");
        assertThat(server.health().good()).isFalse();
    }

    @Test
    void aRestartGoesOnWithWhatIsOnDisk() throws Exception {
        server.close();
        List<Object> seen = new ArrayList<>();
        server = TestServer.start(directory.resolve("s"), group, 1, port, settings(), (id, check, stored) -> {
            stored.entries().forEach(seen::add);
            seen.addAll(stored.heldRoster());
            return node;
        });

        assertThat(seen).hasSize(2).contains(group.addMembers());
        attach(group.memberKeys.get(0));
        node.await(ServerEvent.MemberUp.class);
    }

    @Test
    void theStatusIsAskedThroughASocketThatOnlyTheOwnerMayOpen() throws Exception {
        Path socket = directory.resolve("s").resolve("admin.sock");

        assertThat(AdminSocket.ask(socket, "status"))
                .contains("\"group\":\"" + group.id().value().hex());
        assertThat(AdminSocket.ask(socket, "nonsense")).contains("unknown request");
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aKeyFileThatOthersMayReadIsRefused() throws Exception {
        server.close();
        Path key = new ServerDirectory(directory.resolve("s")).serverKey();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> TestServer.start(directory.resolve("s"), group, 1, port, node, settings()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aRosterEntryHandedInIsAnsweredByTheNode() throws Exception {
        node.script(event -> event instanceof ServerEvent.RosterSubmitted submitted
                ? List.of(new ServerEffect.RosterAnswer(submitted.ticket(), Optional.of("no")))
                : List.of());

        assertThat(hosted().submit(group.addMembers()).toCompletableFuture().get())
                .contains("no");
    }

    @Test
    void theCheckpointIsTheServersAndTheExportHoldsTheSameFiles() throws Exception {
        Entry entry = new Entry(1, Entry.ROSTER, List.of(Envelopes.encode(group.addMembers())), ByteString.EMPTY);
        hold(2, new StoreWrite.AppendEntries(List.of(entry), List.of(bytes(3000))));
        node.script(event -> event instanceof ServerEvent.Tick ? List.of(new ServerEffect.Publish(entry)) : List.of());
        CompletableFuture<Boolean> published = new CompletableFuture<>();
        hosted().post(new ServerEvent.Tick(), () -> published.complete(true));
        assertThat(published.get(20, TimeUnit.SECONDS)).isTrue();
        Publication files = hosted().publication();
        Path target = directory.resolve("transcript");

        try (ArchiveReader reader = ArchiveReader.open(new ServerDirectory(directory.resolve("s")).group(group.id()))) {
            assertThat(TranscriptExport.write(group.definition, reader, group.serverKeys.get(1), target))
                    .isEqualTo(new TranscriptExport.Written(2, 0));
        }

        ByteString note = files.checkpoint().toCompletableFuture().get().orElseThrow();
        assertThat(Files.readAllBytes(target.resolve("checkpoint"))).isEqualTo(note.toByteArray());
        SignedNote signed = SignedNote.parse(note);
        var self = group.definition.message().servers().get(1);
        assertThat(signed.verifiedBy(List.of(Checkpoint.key(self, group.id())))).hasSize(1);
        assertThat(Checkpoint.parse(signed.text()).size()).isEqualTo(2);
        assertThat(Files.readAllBytes(target.resolve("entry/1")))
                .isEqualTo(
                        files.entry(1).toCompletableFuture().get().orElseThrow().toByteArray());
        assertThat(files.blob(TranscriptFiles.addressOf(bytes(3000)))
                        .toCompletableFuture()
                        .get())
                .contains(bytes(3000));
        assertThat(Files.readAllBytes(target.resolve("group")))
                .isEqualTo(Envelopes.encode(group.definition).toByteArray());
    }

    private Packet<Header> header(int member, ByteString ciphertext) {
        Header header = new Header(
                new AttemptId(new EpochId(bytes(32)), 1, 0),
                new RecordHash(bytes(32)),
                bytes(32),
                group.member(member),
                TreeHash.rootOfChunks(ciphertext.unsafeArray()));
        return new Packet<>(new WireSigner(group.memberKeys.get(member)).sign(header), ciphertext);
    }

    private PeerHello hello(int to, ByteString challenge) {
        return new PeerHello(
                group.id(),
                TestGroup.publicKey(group.serverKeys.get(to)),
                challenge,
                0,
                0,
                1,
                new RecordHash(bytes(32)));
    }

    private static ByteString bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return ByteString.wrap(bytes);
    }
}
