package org.plainsong.server.hosting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix-domain socket for the commands of the same user on the same machine: one line in, an answer out, end. Whoever can open the socket may ask everything,
 * so its permissions let only the server's own user.
 */
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final int MAX_LINE = 200;
    private static final int MAX_PATH = 100;
    private static final int SECONDS = 5;
    private static final int AT_ONCE = 4;

    private final ServerSocketChannel listening;
    private final Path path;
    private final UnaryOperator<String> answers;
    private final ExecutorService conversations;
    private final ScheduledExecutorService deadlines;

    private AdminSocket(ServerSocketChannel listening, Path path, UnaryOperator<String> answers) {
        this.listening = listening;
        this.path = path;
        this.answers = answers;
        this.conversations = Executors.newFixedThreadPool(
                AT_ONCE + 1, Thread.ofPlatform().daemon().name("admin-", 0).factory());
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("admin-deadline").factory());
    }

    /**
     * Opens the socket. A left-over of a process that was killed is replaced; the directory's lock keeps two processes apart.
     *
     * @param answers the answer to a line
     */
    public static AdminSocket open(Path path, UnaryOperator<String> answers) throws IOException {
        checkLength(path);
        Files.deleteIfExists(path);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listening.bind(UnixDomainSocketAddress.of(path));
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        AdminSocket socket = new AdminSocket(listening, path, answers);
        socket.conversations.execute(socket::accept);
        return socket;
    }

    private static void checkLength(Path path) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new IOException("the path of the admin socket is longer than " + MAX_PATH
                    + " bytes, which this system does not allow; set admin.socket to a shorter absolute path");
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                conversations.execute(() -> converse(client));
            }
        } catch (AsynchronousCloseException e) {
            // The socket is closed: no more is wanted.
        } catch (ClosedChannelException e) {
            // Likewise.
        } catch (IOException e) {
            LOG.warn("the admin socket has failed: {}", e.getMessage());
        }
    }

    private void converse(SocketChannel client) {
        ScheduledFuture<?> deadline = deadlines.schedule(() -> closeQuietly(client), SECONDS, TimeUnit.SECONDS);
        try (client) {
            String line = readLine(client);
            deadline.cancel(false);
            write(client, answers.apply(line));
        } catch (IOException e) {
            LOG.debug("an admin conversation broke off: {}", e.getMessage());
        }
    }

    private static void closeQuietly(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("an admin connection does not close: {}", e.getMessage());
        }
    }

    private static String readLine(SocketChannel client) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_LINE);
        while (buffer.hasRemaining()) {
            int count = client.read(buffer);
            int end = buffer.position();
            if (count < 0) {
                throw new IOException("no whole line");
            }
            if (end > 0 && buffer.get(end - 1) == '\n') {
                return new String(buffer.array(), 0, end - 1, StandardCharsets.UTF_8);
            }
        }
        throw new IOException("a line of more than " + MAX_LINE + " bytes");
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Asks a running server.
     *
     * @throws IOException if none listens there
     */
    public static String ask(Path path, String line) throws IOException {
        checkLength(path);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            write(channel, line + "\n");
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        conversations.shutdownNow();
        deadlines.shutdownNow();
        Files.deleteIfExists(path);
    }
}
