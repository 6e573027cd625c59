package org.plainsong.member.control;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Aead;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;

/**
 * One message there and one back: {@code length u32 ‖ AES-256-GCM}, each under a key of its own, derived from the control key and the
 * 32 random bytes that the listening side sends first. So the nonce may be zeros, and nothing can be replayed.
 */
final class SealedStream {
    static final int CHALLENGE_SIZE = 32;
    private static final int MAX_MESSAGE = 64 << 20;
    private static final byte[] NO_AAD = new byte[0];

    private final SocketChannel channel;
    private final Secret controlKey;
    private final byte[] challenge;

    SealedStream(SocketChannel channel, Secret controlKey, byte[] challenge) {
        this.channel = channel;
        this.controlKey = controlKey;
        this.challenge = challenge;
    }

    void send(String direction, byte[] message) throws IOException {
        byte[] sealed = Aead.seal(key(direction), new byte[Aead.NONCE_SIZE], NO_AAD, message);
        write(channel, ByteBuffer.allocate(4).putInt(sealed.length).flip());
        write(channel, ByteBuffer.wrap(sealed));
    }

    byte[] receive(String direction) throws IOException {
        int length = read(channel, 4).getInt();
        if (length < 0 || length > MAX_MESSAGE) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] sealed = read(channel, length).array();
        return Aead.open(key(direction), new byte[Aead.NONCE_SIZE], NO_AAD, sealed)
                .orElseThrow(() -> new IOException("a message under another key"));
    }

    private byte[] key(String direction) {
        byte[] info = direction.getBytes(StandardCharsets.US_ASCII);
        return Hkdf.derive(challenge, controlKey.expose(), Labels.VAULT, info, Aead.KEY_SIZE);
    }

    static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static ByteBuffer read(SocketChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other side ended in the middle of a message");
            }
        }
        return bytes.flip();
    }
}
