package org.plainsong.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.server.TestGroup;
import org.plainsong.server.engine.ServerEvent;

class HttpRoutesTest {
    private final TestGroup group = new TestGroup(3, 2, 1001, 1002);
    private final String prefix = "/g/" + group.id().value().hex() + "/";
    private boolean membersOnly;
    private final CompletableFuture<Optional<ByteString>> slow = new CompletableFuture<>();
    private final SslContext tls = PinnedTls.server(group.tls.get(0));

    @Test
    void theFrontPageIsAnOrdinaryPage() {
        assertThat(get("/")).startsWith("HTTP/1.1 200 OK").contains("text/html").contains("up and running");
    }

    @Test
    void oneByteAtATimeIsEnoughForARequest() {
        EmbeddedChannel channel = channel(1000);
        for (byte b : request("GET", "/healthz", "").getBytes(StandardCharsets.US_ASCII)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }
        assertThat(answer(channel)).startsWith("HTTP/1.1 200 OK").endsWith("{\"status\":\"pass\"}");
    }

    @Test
    void readinessIsItsOwnAnswer() {
        assertThat(get("/readyz")).startsWith("HTTP/1.1 503").contains("no epoch");
    }

    @Test
    void theFilesOfAGroupAreGivenWithTheirTypesAndForHowLongTheyHold() {
        assertThat(get(prefix + "group")).contains("application/octet-stream").contains("immutable");
        assertThat(get(prefix + "checkpoint"))
                .contains("text/plain; charset=utf-8")
                .contains("max-age=2");
        assertThat(get(prefix + "entry/7")).contains("immutable").endsWith("entry 7");
        assertThat(get(prefix + "blob/" + "ab".repeat(32))).endsWith("blob abab");
        assertThat(get(prefix + "entry/8")).startsWith("HTTP/1.1 404").contains("urn:plainsong:problem:not-found");
    }

    @Test
    void whatIsNoFileIsNotFound() {
        for (String path : new String[] {
            "/x",
            "/g/",
            "/g/ab/group",
            "/g/" + "00".repeat(32) + "/group",
            prefix,
            prefix + "entry/07",
            prefix + "entry/-1",
            prefix + "entry/99999999999999999999",
            prefix + "blob/AB",
            prefix + "../group",
            prefix + "group?x=1"
        }) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void bodiesOfAGroupForMembersOnlyAreNotGiven() {
        membersOnly = true;

        assertThat(get(prefix + "entry/7")).startsWith("HTTP/1.1 403").contains("members-only");
        assertThat(get(prefix + "blob/" + "ab".repeat(32))).startsWith("HTTP/1.1 403");
        assertThat(get(prefix + "checkpoint")).startsWith("HTTP/1.1 200");
    }

    @Test
    void otherMethodsAreNamedAsWrong() {
        assertThat(exchange(1000, request("DELETE", "/", ""))).startsWith("HTTP/1.1 405");
        assertThat(exchange(1000, request("PUT", prefix + "entry/7", ""))).startsWith("HTTP/1.1 405");
        assertThat(exchange(1000, request("HEAD", "/", "")))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: 1")
                .doesNotContain("Welcome");
    }

    @Test
    void aRosterEntryIsReadCheckedAndAnswered() {
        String good = new String(Envelopes.encode(group.addMembers()).toByteArray(), StandardCharsets.ISO_8859_1);
        assertThat(exchange(1000, request("POST", prefix + "roster", good))).startsWith("HTTP/1.1 200");

        String damaged = good.substring(0, good.length() - 5) + "12345";
        assertThat(exchange(1000, request("POST", prefix + "roster", damaged)))
                .startsWith("HTTP/1.1 400")
                .contains("a signature is not good");
        assertThat(exchange(1000, request("POST", prefix + "roster", "nonsense")))
                .startsWith("HTTP/1.1 400")
                .contains("not-a-roster-entry");
    }

    @Test
    void aBodyWhereNoneIsTakenClosesTheConnection() {
        EmbeddedChannel channel = channel(1000);
        send(channel, request("GET", "/", "x".repeat(100)));

        assertThat(answer(channel)).startsWith("HTTP/1.1 413");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        EmbeddedChannel channel = channel(1000);
        send(
                channel,
                "POST " + prefix + "roster HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n" + "x".repeat(9000));

        assertThat(answer(channel)).startsWith("HTTP/1.1 413");
    }

    @Test
    void headersWithoutEndAreRefused() {
        EmbeddedChannel channel = channel(1000);
        send(channel, "GET / HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");

        assertThat(answer(channel)).startsWith("HTTP/1.1 4");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void requestsInOneGoAreAnsweredInTheirOrder() {
        EmbeddedChannel channel = channel(1000);
        send(channel, request("GET", prefix + "entry/9", "") + request("GET", "/healthz", ""));
        assertThat(channel.outboundMessages()).isEmpty();

        slow.complete(Optional.of(text("entry 9")));
        channel.runPendingTasks();

        assertThat(answer(channel)).contains("entry 9").contains("pass");
    }

    @Test
    void overTheRateAnAddressIsToldToWait() {
        EmbeddedChannel channel = channel(1);
        for (int i = 0; i < 10; i++) {
            send(channel, request("GET", "/healthz", ""));
            assertThat(answer(channel)).startsWith("HTTP/1.1 200");
        }
        send(channel, request("GET", "/healthz", ""));
        assertThat(answer(channel)).startsWith("HTTP/1.1 429").contains("too-many-requests");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aRequestThatDoesNotEndInTimeClosesTheConnection() {
        EmbeddedChannel channel = channel(1000);
        send(channel, "GET / HTTP/1.1\r\nHos");
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        send(channel, "t: x\r\n");
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theAddressOfTheRoundsWantsAWebSocket() {
        assertThat(get(prefix + "ws")).startsWith("HTTP/1.1 426").contains("upgrade-needed");
    }

    private String get(String path) {
        return exchange(1000, request("GET", path, ""));
    }

    private String exchange(int rate, String request) {
        EmbeddedChannel channel = channel(rate);
        send(channel, request);
        channel.runPendingTasks();
        return answer(channel);
    }

    private static String request(String method, String path, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\n"
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private static String answer(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return all.toString();
    }

    private EmbeddedChannel channel(int requestsPerSecond) {
        EdgeLimits limits = new EdgeLimits(10, 10, 10, 10, requestsPerSecond, 10, 10, 1 << 20);
        EdgeServer.Pipeline pipeline = new EdgeServer.Pipeline(
                tls,
                limits,
                new FakeHosting(),
                new Admission(10, 10),
                new WebSocketUpgrade(limits, Randomness.seeded(new byte[1]), new AtomicLong()));
        EmbeddedChannel channel = new EmbeddedChannel();
        pipeline.http(channel);
        return channel;
    }

    private static ByteString text(String text) {
        return ByteString.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private final class FakeHosting implements Hosting {
        @Override
        public Optional<GroupDoor> door(String groupIdHex) {
            return groupIdHex.equals(group.id().value().hex()) ? Optional.of(new FakeDoor()) : Optional.empty();
        }

        @Override
        public Health health() {
            return new Health(true, "{\"status\":\"pass\"}");
        }

        @Override
        public Health readiness() {
            return new Health(false, "{\"status\":\"fail\",\"notes\":[\"no epoch\"]}");
        }
    }

    private final class FakeFiles implements Publication {
        @Override
        public boolean membersOnly() {
            return membersOnly;
        }

        @Override
        public CompletionStage<Optional<ByteString>> group() {
            return CompletableFuture.completedFuture(Optional.of(text("group")));
        }

        @Override
        public CompletionStage<Optional<ByteString>> checkpoint() {
            return CompletableFuture.completedFuture(Optional.of(text("checkpoint")));
        }

        @Override
        public CompletionStage<Optional<ByteString>> entry(long index) {
            return index == 9
                    ? slow
                    : CompletableFuture.completedFuture(index == 7 ? Optional.of(text("entry 7")) : Optional.empty());
        }

        @Override
        public CompletionStage<Optional<ByteString>> blob(ByteString address) {
            return CompletableFuture.completedFuture(
                    Optional.of(text("blob " + address.hex().substring(0, 4))));
        }
    }

    private final class FakeDoor implements GroupDoor {
        @Override
        public GroupId group() {
            return group.id();
        }

        @Override
        public PublicKey self() {
            return TestGroup.publicKey(group.serverKeys.get(0));
        }

        @Override
        public Roster roster() {
            return Roster.genesis(group.definition, signatures()).accepted().orElseThrow();
        }

        @Override
        public SignatureCheck signatures() {
            return new WireSignatureCheck();
        }

        @Override
        public void post(ServerEvent event, Runnable handled) {
            handled.run();
        }

        @Override
        public void enter(MemberId member, Connection connection) {}

        @Override
        public void leave(MemberId member, Connection connection) {}

        @Override
        public void greet(PublicKey peer, Connection connection, ByteString challenge) {}

        @Override
        public void peerUp(PublicKey peer, Connection connection, Signed<PeerHello> hello) {}

        @Override
        public void peerDown(PublicKey peer, Connection connection) {}

        @Override
        public void feedAuditor(Connection connection, long from) {}

        @Override
        public CompletionStage<Optional<String>> submit(Signed<RosterEntry> entry) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public Publication publication() {
            return new FakeFiles();
        }
    }
}
