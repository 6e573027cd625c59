package org.plainsong.member.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.wire.FormatException;

/**
 * The local socket of a running member: {@code run.sock} in the profile's directory, or, where that path is too long for a socket, in a
 * fresh directory that {@code run.path} names.
 */
public final class ControlSocket implements AutoCloseable {
    private static final String SOCKET = "run.sock";
    private static final String POINTER = "run.path";
    /** Shortest limit for such paths among the systems that we know, less some. */
    private static final int LONGEST_PATH = 100;

    private static final int AT_ONCE = 8;

    private final ServerSocketChannel server;
    private final Path socket;
    private final Path pointer;

    private ControlSocket(ServerSocketChannel server, Path socket, Path pointer) {
        this.server = server;
        this.socket = socket;
        this.pointer = pointer;
    }

    /**
     * Listens until closed. The caller holds the vault's lock, so no other process listens here.
     *
     * @param directory of the profile
     * @param controlKey the vault's
     * @param handler answers a request; called on threads of its own
     */
    public static ControlSocket listen(
            Path directory, Secret controlKey, Randomness randomness, Function<ControlRequest, ControlAnswer> handler)
            throws IOException {
        Path own = directory.toAbsolutePath().resolve(SOCKET);
        boolean fits = own.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
        Path socket = fits ? own : Files.createTempDirectory("plainsong").resolve(SOCKET);
        Path pointer = directory.resolve(POINTER);
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.writeString(pointer, socket.toString());
        ControlSocket listening = new ControlSocket(server, socket, pointer);
        Semaphore places = new Semaphore(AT_ONCE);
        Thread.ofVirtual()
                .name("member-control")
                .start(() -> listening.accept(controlKey, randomness, handler, places));
        return listening;
    }

    private void accept(
            Secret controlKey,
            Randomness randomness,
            Function<ControlRequest, ControlAnswer> handler,
            Semaphore places) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                places.acquireUninterruptibly();
                Thread.ofVirtual().start(() -> {
                    try (channel) {
                        answer(channel, controlKey, randomness, handler);
                    } catch (IOException e) {
                        // The other process went away or does not know the passphrase: it sees that itself.
                    } finally {
                        places.release();
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(
            SocketChannel channel,
            Secret controlKey,
            Randomness randomness,
            Function<ControlRequest, ControlAnswer> handler)
            throws IOException {
        byte[] challenge = randomness.bytes(SealedStream.CHALLENGE_SIZE);
        SealedStream.write(channel, ByteBuffer.wrap(challenge));
        SealedStream stream = new SealedStream(channel, controlKey, challenge);
        ControlAnswer answer;
        try {
            answer = handler.apply(ControlRequest.decode(ByteString.wrap(stream.receive("request"))));
        } catch (FormatException e) {
            answer = new ControlAnswer(false, "The running member does not understand: " + e.getMessage());
        }
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(1 + text.length)
                .put((byte) (answer.done() ? 1 : 0))
                .put(text)
                .array();
        stream.send("answer", message);
    }

    /**
     * Asks the member that runs from this profile.
     *
     * @return its answer; nothing if none runs
     */
    public static Optional<ControlAnswer> ask(Path directory, Secret controlKey, ControlRequest request)
            throws IOException {
        Path pointer = directory.resolve(POINTER);
        if (!Files.exists(pointer)) {
            return Optional.empty();
        }
        Path socket = Path.of(Files.readString(pointer).strip());
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                // Left behind by a process that was killed.
                return Optional.empty();
            }
            byte[] challenge =
                    SealedStream.read(channel, SealedStream.CHALLENGE_SIZE).array();
            SealedStream stream = new SealedStream(channel, controlKey, challenge);
            stream.send("request", ControlRequest.encode(request).unsafeArray());
            byte[] message = stream.receive("answer");
            String text = new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
            return Optional.of(new ControlAnswer(message[0] == 1, text));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(pointer);
    }
}
