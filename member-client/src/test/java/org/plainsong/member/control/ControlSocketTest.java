package org.plainsong.member.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.NameChoice;

@SuppressWarnings("try") // it listens, that is all
final class ControlSocketTest {
    private static final ControlRequest SAY = new ControlRequest.Say(
            new Draft.NewPost("b", Optional.empty(), "Grüße", new NameChoice.Named("amber-kestrel"), true));

    private final Secret key = Secret.wrap(new byte[32]);
    private final Randomness randomness = Randomness.seeded(new byte[] {1});

    @Test
    void answersWhoKnowsThePassphrase(@TempDir Path directory) throws IOException {
        try (ControlSocket listening = ControlSocket.listen(
                directory, key, randomness, request -> new ControlAnswer(request.equals(SAY), "done"))) {
            assertThat(ControlSocket.ask(directory, key, SAY)).contains(new ControlAnswer(true, "done"));
            assertThat(ControlSocket.ask(directory, key, new ControlRequest.Status()))
                    .contains(new ControlAnswer(false, "done"));
        }
        assertThat(ControlSocket.ask(directory, key, SAY)).isEmpty();
    }

    @Test
    void tellsNothingToWhoDoesNot(@TempDir Path directory) throws IOException {
        byte[] other = new byte[32];
        other[0] = 1;
        try (ControlSocket listening = ControlSocket.listen(directory, key, randomness, request -> {
            throw new AssertionError("it was asked");
        })) {
            assertThatThrownBy(() -> ControlSocket.ask(directory, Secret.wrap(other), SAY))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void findsItsWayFromADeepDirectory(@TempDir Path directory) throws IOException {
        Path deep = directory.resolve("d".repeat(60)).resolve("e".repeat(60));
        Files.createDirectories(deep);
        try (ControlSocket listening =
                ControlSocket.listen(deep, key, randomness, request -> new ControlAnswer(true, "here"))) {
            assertThat(ControlSocket.ask(deep, key, SAY)).contains(new ControlAnswer(true, "here"));
        }
    }

    @Test
    void takesNoNoticeOfASocketThatAKilledProcessLeft(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("run.path"), directory.resolve("run.sock").toString());
        assertThat(ControlSocket.ask(directory, key, SAY)).isEmpty();
    }

    @Test
    void readsBackEveryRequest() throws FormatException {
        ContentId id = ContentId.of(ByteString.of((byte) 1));
        for (ControlRequest request : new ControlRequest[] {
            SAY,
            new ControlRequest.Cancel(id),
            new ControlRequest.PostAnyway(id),
            new ControlRequest.Status(),
            new ControlRequest.Say(new Draft.PrivateReply(id, "text", NameChoice.auto()))
        }) {
            assertThat(ControlRequest.decode(ControlRequest.encode(request))).isEqualTo(request);
        }
    }
}
