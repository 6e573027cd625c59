package org.plainsong.member.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;

@SuppressWarnings("FutureReturnValueIgnored") // what a scripted server sends needs no answer
@Timeout(120)
final class ConnectionsTest {
    private static final GroupId GROUP = new GroupId(ByteString.wrap(filled(32, 7)));
    private static final Frame.Challenge CHALLENGE = new Frame.Challenge(ByteString.wrap(filled(32, 1)));
    private static final byte[] CHALLENGE_BYTES =
            Frames.encode(CHALLENGE).whole().unsafeArray();
    private static final FrameChannel.Limits STANDARD = FrameChannel.Limits.STANDARD;

    private final Connections connections = new Connections(1);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void carriesFramesBothWays() throws Exception {
        try (ScriptedServer server = new ScriptedServer(c -> ScriptedServer.send(c, CHALLENGE_BYTES))) {
            LinkKeeper link = keeper(server.endpoint(), GROUP, STANDARD);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).isEqualTo("frame " + CHALLENGE);
            onLoop(() -> link.send(new Frame.Fetch.Entries(3)));
            byte[] sent = server.received.poll(60, TimeUnit.SECONDS);
            assertThat(Frames.decode(ByteString.wrap(sent), FrameLimits.FROM_SERVER))
                    .isEqualTo(new Frame.Fetch.Entries(3));
            onLoop(link::stop);
        }
    }

    @Test
    void refusesAServerThatShowsAnotherKey() throws Exception {
        try (ScriptedServer server = new ScriptedServer(c -> ScriptedServer.send(c, CHALLENGE_BYTES))) {
            LinkKeeper link = keeper(server.endpoint(ByteString.wrap(new byte[32])), GROUP, STANDARD);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("down the server shows another TLS key than the one that the group pins");
            assertThat(server.requests).isEmpty();
            onLoop(link::stop);
        }
    }

    @Test
    void givesUpAServerThatGivesNoSignOfLife() throws Exception {
        Consumer<Channel> dead = channel -> channel.config().setAutoRead(false);
        try (ScriptedServer server = new ScriptedServer(dead)) {
            FrameChannel.Limits impatient = new FrameChannel.Limits(FrameLimits.FROM_SERVER, 1 << 20, 1);
            LinkKeeper link = keeper(server.endpoint(), GROUP, impatient);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).isEqualTo("down the server gave no sign of life");
            onLoop(link::stop);
        }
    }

    @Test
    void givesUpAServerThatDoesNotRead() throws Exception {
        Consumer<Channel> deaf = channel -> channel.config().setAutoRead(false);
        try (ScriptedServer server = new ScriptedServer(deaf)) {
            FrameChannel.Limits small = new FrameChannel.Limits(FrameLimits.FROM_SERVER, 1 << 20, 60);
            LinkKeeper link = keeper(server.endpoint(), GROUP, small);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            Frame large = new Frame.EntryFrame(0, ByteString.wrap(new byte[1 << 20]));
            onLoop(() -> {
                for (int i = 0; i < 64; i++) {
                    link.send(large);
                }
            });
            assertThat(next()).isEqualTo("down the server does not read what it is sent");
            onLoop(link::stop);
        }
    }

    @Test
    void endsAConnectionThatCarriesWhatIsNoFrame() throws Exception {
        expectDown(
                c -> ScriptedServer.send(c, new byte[] {99}), "down the server sent a frame that is not well formed,");
        expectDown(c -> ScriptedServer.send(c, new byte[0]), "down the server sent a frame that is not well formed,");
        expectDown(
                c -> ScriptedServer.send(c, new byte[] {1, 2, 3}),
                "down the server sent a frame that is not well formed,");
        expectDown(
                c -> c.writeAndFlush(new TextWebSocketFrame("hello")),
                "down the server sent something that is no frame");
    }

    @Test
    void endsAConnectionThatCarriesAFrameThatIsTooLong() throws Exception {
        try (ScriptedServer server = new ScriptedServer(c -> ScriptedServer.send(c, new byte[10_000]))) {
            FrameChannel.Limits small = new FrameChannel.Limits(new FrameLimits(4096, 100), 1 << 20, 60);
            LinkKeeper link = keeper(server.endpoint(), GROUP, small);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).startsWith("down the server sent a frame that is");
            onLoop(link::stop);
        }
    }

    @Test
    void saysThatAServerDoesNotKnowTheGroup() throws Exception {
        GroupId unknown = new GroupId(ByteString.wrap(new byte[32]));
        try (ScriptedServer server = new ScriptedServer(c -> {})) {
            LinkKeeper link = keeper(server.endpoint(), unknown, STANDARD);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("down the server refused the connection with status 404");
            onLoop(link::stop);
        }
    }

    @Test
    void comesBackWhenAConnectionBreaks() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Channel::close)) {
            LinkKeeper link = keeper(server.endpoint(), GROUP, STANDARD);
            onLoop(link::connect);
            for (int i = 0; i < 3; i++) {
                assertThat(next()).isEqualTo("up");
                assertThat(next()).startsWith("down ");
            }
            onLoop(link::stop);
        }
    }

    @Test
    void triesOnWhenNobodyIsThere() throws Exception {
        ScriptedServer gone = new ScriptedServer(c -> {});
        Endpoint endpoint = gone.endpoint();
        gone.close();
        LinkKeeper link = keeper(endpoint, GROUP, STANDARD);
        onLoop(link::connect);
        assertThat(next()).isEqualTo("down the server could not be reached");
        assertThat(next()).isEqualTo("down the server could not be reached");
        onLoop(link::stop);
    }

    @Test
    void hearsNothingMoreOfAConnectionThatWasReplaced() throws Exception {
        try (ScriptedServer server = new ScriptedServer(c -> ScriptedServer.send(c, CHALLENGE_BYTES))) {
            LinkKeeper link = keeper(server.endpoint(), GROUP, STANDARD);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).startsWith("frame");
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).startsWith("frame");
            onLoop(link::stop);
        }
    }

    @Test
    void makesSingleRequests() throws Exception {
        try (ScriptedServer server = new ScriptedServer(c -> {})) {
            PublicRequest.Answer group = PublicRequest.get(connections, server.endpoint(), GROUP, "group")
                    .get();
            assertThat(group.status()).isEqualTo(200);
            assertThat(new String(group.body().toByteArray(), StandardCharsets.UTF_8))
                    .isEqualTo("answer");
            ByteString entry = ByteString.wrap("entry".getBytes(StandardCharsets.UTF_8));
            assertThat(PublicRequest.postRoster(connections, server.endpoint(), GROUP, entry)
                            .get()
                            .status())
                    .isEqualTo(200);
            assertThat(server.requests)
                    .containsExactly(
                            "GET /g/" + GROUP.value().hex() + "/group ",
                            "POST /g/" + GROUP.value().hex() + "/roster entry");
            Endpoint wrong = server.endpoint(ByteString.wrap(new byte[32]));
            assertThatThrownBy(() -> PublicRequest.get(connections, wrong, GROUP, "group")
                            .get())
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("the server shows another TLS key than the one that the group pins");
        }
    }

    private void expectDown(Consumer<Channel> script, String why) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            LinkKeeper link = keeper(server.endpoint(), GROUP, STANDARD);
            onLoop(link::connect);
            assertThat(next()).isEqualTo("up");
            assertThat(next()).startsWith(why);
            onLoop(link::stop);
            heard.clear();
        }
    }

    private LinkKeeper keeper(Endpoint endpoint, GroupId group, FrameChannel.Limits limits) {
        LinkKeeper.Settings settings = new LinkKeeper.Settings(10, 50, limits, Randomness.seeded(new byte[] {1}));
        return new LinkKeeper(connections, endpoint, group, loop(), settings, new LinkKeeper.Listener() {
            @Override
            public void up() {
                heard.add("up");
            }

            @Override
            public void frame(Frame frame) {
                heard.add("frame " + frame);
            }

            @Override
            public void down(String why) {
                heard.add("down " + why);
            }
        });
    }

    private io.netty.channel.EventLoop loop() {
        return connections.nextLoop();
    }

    private void onLoop(Runnable action) throws Exception {
        loop().submit(action).get();
    }

    private String next() throws InterruptedException {
        return heard.poll(60, TimeUnit.SECONDS);
    }

    private static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
