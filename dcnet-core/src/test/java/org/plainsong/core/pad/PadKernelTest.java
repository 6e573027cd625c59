package org.plainsong.core.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.VectorFile;
import tools.jackson.databind.JsonNode;

class PadKernelTest {
    private final Randomness random = Randomness.seeded("pads".getBytes(StandardCharsets.US_ASCII));
    private final byte[] nonce = random.bytes(PadKey.NONCE_SIZE);

    @Test
    void givesTheKeystreamOfTheStandard() {
        // The vector counts from another block number than 0, so the range variant is asked for it.
        JsonNode vector = VectorFile.cases("aes-256-ctr").getFirst();
        byte[] block = VectorFile.bytes(vector, "counterBlock");
        byte[] text = VectorFile.bytes(vector, "plaintext");
        long number =
                Integer.toUnsignedLong(Integer.parseUnsignedInt(HexFormat.of().formatHex(block, 12, 16), 16));
        PadStream[] streams = {new PadStream(VectorFile.bytes(vector, "key"))};
        PadKernel.xorRangeInto(streams, 0, 1, Arrays.copyOf(block, 12), 16 * number, text, 0, text.length);

        assertThat(text).isEqualTo(VectorFile.bytes(vector, "ciphertext"));
    }

    @Test
    void xorsManyStreamsAsASecondImplementationDoes() {
        for (int length : new int[] {1, 15, 16, 17, 64, 1000, 8191, 8192, 8193, 20_000}) {
            for (int count : new int[] {1, 2, 3, 8}) {
                byte[][] keys = keys(count);
                byte[] buffer = random.bytes(length + 5);
                byte[] expected = buffer.clone();
                for (byte[] key : keys) {
                    xorReference(key, 0, expected, 3, length);
                }
                PadKernel.xorInto(streams(keys), count, nonce, buffer, 3, length);

                assertThat(buffer).as("%d streams, %d bytes", count, length).isEqualTo(expected);
            }
        }
    }

    @Test
    void entersAStreamAtAnyBlock() {
        byte[][] keys = keys(3);
        for (int start = 0; start < 40_000; start += 16 * 331) {
            byte[] buffer = new byte[9000];
            byte[] expected = new byte[9000];
            for (byte[] key : keys) {
                xorReference(key, start, expected, 0, 9000);
            }
            PadKernel.xorRangeInto(streams(keys), 0, 3, nonce, start, buffer, 0, 9000);

            assertThat(buffer).as("from %d", start).isEqualTo(expected);
        }
    }

    @Test
    void addsUpFromHalvesOfTheStreamsAndOfTheRange() {
        byte[][] keys = keys(5);
        PadStream[] streams = streams(keys);
        byte[] whole = new byte[30_000];
        PadKernel.xorInto(streams, 5, nonce, whole, 0, whole.length);

        byte[] first = new byte[30_000];
        byte[] second = new byte[30_000];
        PadKernel.xorRangeInto(streams, 0, 2, nonce, 0, first, 0, 30_000);
        PadKernel.xorRangeInto(streams, 2, 5, nonce, 0, second, 0, 30_000);
        PadKernel.xor(second, 0, first, 0, 30_000);
        assertThat(first).isEqualTo(whole);

        byte[] ranges = new byte[30_000];
        PadKernel.xorRangeInto(streams, 0, 5, nonce, 16_000, ranges, 16_000, 14_000);
        PadKernel.xorRangeInto(streams, 0, 5, nonce, 0, ranges, 0, 16_000);
        assertThat(ranges).isEqualTo(whole);
    }

    @Test
    void cancelsWhatItAddedWhenDoneAgain() {
        PadStream[] streams = streams(keys(4));
        byte[] buffer = random.bytes(10_000);
        byte[] before = buffer.clone();
        PadKernel.xorInto(streams, 4, nonce, buffer, 0, buffer.length);
        assertThat(buffer).isNotEqualTo(before);
        PadKernel.xorInto(streams, 4, nonce, buffer, 0, buffer.length);

        assertThat(buffer).isEqualTo(before);
    }

    @Test
    void readsASingleByteAnywhere() {
        byte[] key = random.bytes(32);
        PadStream stream = new PadStream(key);
        byte[] whole = new byte[5000];
        PadKernel.xorInto(new PadStream[] {stream}, 1, nonce, whole, 0, whole.length);
        for (int at = 0; at < whole.length; at += 17) {
            assertThat(stream.byteAt(nonce, at)).as("byte %d", at).isEqualTo(whole[at]);
        }
    }

    @Test
    void reachesTheLastBlockOfANonceAndNothingBeyond() {
        byte[] key = random.bytes(32);
        PadStream[] streams = {new PadStream(key)};
        long start = PadStream.MAX_LENGTH - 32;
        byte[] buffer = new byte[32];
        PadKernel.xorRangeInto(streams, 0, 1, nonce, start, buffer, 0, 32);
        byte[] expected = new byte[32];
        xorReference(key, start, expected, 0, 32);
        assertThat(buffer).isEqualTo(expected);

        assertThatThrownBy(() -> PadKernel.xorRangeInto(streams, 0, 1, nonce, start + 16, buffer, 0, 32))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PadKernel.xorRangeInto(streams, 0, 1, nonce, 8, buffer, 0, 16))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> streams[0].byteAt(nonce, PadStream.MAX_LENGTH))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PadKernel.xorInto(streams, 1, new byte[16], buffer, 0, 32))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PadKernel.xorInto(streams, 2, nonce, buffer, 0, 32))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PadKernel.xorInto(streams, 1, nonce, buffer, 1, 32))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void xorsPlainBytesOfAnyLengthAndPlace() {
        for (int length = 0; length < 40; length++) {
            byte[] from = random.bytes(50);
            byte[] into = random.bytes(50);
            byte[] expected = into.clone();
            for (int i = 0; i < length; i++) {
                expected[7 + i] ^= from[3 + i];
            }
            PadKernel.xor(from, 3, into, 7, length);
            assertThat(into).isEqualTo(expected);
        }
    }

    @Test
    void cannotBeUsedAfterItWasClosed() {
        PadStream stream = PadKey.of(Secret.copyOf(random.bytes(32))).stream();
        stream.close();

        assertThatThrownBy(() -> stream.byteAt(nonce, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesAnotherNonceForEveryRoundAttemptHistoryAndEpoch() {
        ByteString epoch = ByteString.wrap(random.bytes(32));
        ByteString prev = ByteString.wrap(random.bytes(32));

        assertThat(java.util.stream.Stream.of(
                                PadKey.nonce(epoch, 1, 0, prev),
                                PadKey.nonce(epoch, 2, 0, prev),
                                PadKey.nonce(epoch, 1, 1, prev),
                                PadKey.nonce(epoch, 1L << 32, 0, prev),
                                PadKey.nonce(prev, 1, 0, prev),
                                PadKey.nonce(epoch, 1, 0, epoch))
                        .map(ByteString::wrap))
                .doesNotHaveDuplicates()
                .allMatch(made -> made.size() == 12);
    }

    @Test
    void refusesServersWithoutANumber() {
        Secret shared = Secret.copyOf(random.bytes(32));
        ByteString epoch = ByteString.wrap(random.bytes(32));
        ByteString member = ByteString.wrap(random.bytes(16));
        for (int server : new int[] {-1, 0, 65536}) {
            assertThatThrownBy(() -> PadKey.pairSecret(epoch, shared, member, server))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(PadKey.pairSecret(epoch, shared, member, 65535).size()).isEqualTo(32);
    }

    private byte[][] keys(int count) {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = random.bytes(32);
        }
        return keys;
    }

    private static PadStream[] streams(byte[][] keys) {
        return Arrays.stream(keys).map(PadStream::new).toArray(PadStream[]::new);
    }

    /** AES-256-CTR block by block with another library: nonce, then the block number in the last four bytes. */
    private void xorReference(byte[] key, long start, byte[] buffer, int offset, int length) {
        var aes = AESEngine.newInstance();
        aes.init(true, new KeyParameter(key));
        byte[] counter = Arrays.copyOf(nonce, 16);
        byte[] pad = new byte[16];
        for (int i = 0; i < length; i++) {
            if (i % 16 == 0) {
                long number = (start + i) / 16;
                for (int b = 0; b < 4; b++) {
                    counter[12 + b] = (byte) (number >>> (24 - 8 * b));
                }
                aes.processBlock(counter, 0, pad, 0);
            }
            buffer[offset + i] ^= pad[i % 16];
        }
    }
}
