package org.plainsong.core.pad;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import javax.crypto.spec.IvParameterSpec;

/**
 * XORs many keystreams into a buffer: the hot loop of the project (protocol §5.2, §5.4).
 *
 * <p>The JCE copies its input when input and output overlap, which halves the speed. From one array into another it
 * encrypts and XORs in a single pass. So a piece of the buffer goes back and forth between two small arrays, and each
 * stream adds itself on the way; no separate XOR is needed and both arrays stay in the first-level cache.
 *
 * <p>Pieces have one fixed size. A very large update after smaller ones makes JDK 25 throw away the compiled loop and run
 * at a twentieth of the speed for seconds.
 *
 * <p>For two threads give each one half of the streams and a buffer of its own and XOR the two with {@link #xor}; a stream
 * belongs to one thread at a time. With few streams and a long buffer split the range instead, at a multiple of 16 bytes,
 * with streams of its own for each thread.
 */
public final class PadKernel {
    /** Bytes of a piece. */
    static final int CHUNK = 8192;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private PadKernel() {}

    /**
     * XORs the first {@code length} bytes of each of the first {@code count} streams, under one nonce, into {@code buffer}
     * from {@code offset} on.
     */
    public static void xorInto(PadStream[] streams, int count, byte[] nonce12, byte[] buffer, int offset, int length) {
        xorRangeInto(streams, 0, count, nonce12, 0, buffer, offset, length);
    }

    /**
     * XORs a range of each of the streams {@code first} up to, not including, {@code end} into {@code buffer}.
     *
     * @param start where the range begins within each keystream, a multiple of 16
     * @param offset where it begins in the buffer
     * @param length bytes of the range, any number
     */
    public static void xorRangeInto(
            PadStream[] streams,
            int first,
            int end,
            byte[] nonce12,
            long start,
            byte[] buffer,
            int offset,
            int length) {
        Objects.checkFromToIndex(first, end, streams.length);
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0 || first == end) {
            return;
        }
        if (start + length > PadStream.MAX_LENGTH) {
            throw new IllegalStateException("a pad has no bytes " + start + " to " + (start + length));
        }
        IvParameterSpec counterBlock = counterBlock(nonce12, start);
        byte[] x = new byte[Math.min(length, CHUNK)];
        byte[] y = new byte[x.length];
        for (int done = 0; done < length; done += CHUNK) {
            int size = Math.min(CHUNK, length - done);
            System.arraycopy(buffer, offset + done, x, 0, size);
            for (int i = first; i < end; i++) {
                PadStream stream = streams[i];
                if (done == 0) {
                    stream.startAt(counterBlock);
                }
                stream.xor(x, y, size);
                byte[] swapped = x;
                x = y;
                y = swapped;
            }
            System.arraycopy(x, 0, buffer, offset + done, size);
        }
    }

    /** XORs {@code length} bytes of {@code from} into {@code into}. */
    public static void xor(byte[] from, int fromOffset, byte[] into, int intoOffset, int length) {
        Objects.checkFromIndexSize(fromOffset, length, from.length);
        Objects.checkFromIndexSize(intoOffset, length, into.length);
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            long both = (long) LONGS.get(from, fromOffset + i) ^ (long) LONGS.get(into, intoOffset + i);
            LONGS.set(into, intoOffset + i, both);
        }
        for (int i = words; i < length; i++) {
            into[intoOffset + i] ^= from[fromOffset + i];
        }
    }

    /** The first counter block of a range: nonce, then the number of the range's first block. */
    static IvParameterSpec counterBlock(byte[] nonce12, long start) {
        if (nonce12.length != PadKey.NONCE_SIZE || start < 0 || start % PadStream.BLOCK_SIZE != 0) {
            throw new IllegalStateException(
                    "no pad starts at " + start + " with a nonce of " + nonce12.length + " bytes");
        }
        long blockNumber = start / PadStream.BLOCK_SIZE;
        if (blockNumber >= 1L << 32) {
            throw new IllegalStateException("a pad has no byte " + start);
        }
        byte[] block = new byte[PadStream.BLOCK_SIZE];
        System.arraycopy(nonce12, 0, block, 0, PadKey.NONCE_SIZE);
        for (int i = 0; i < 4; i++) {
            block[15 - i] = (byte) (blockNumber >>> (8 * i));
        }
        return new IvParameterSpec(block);
    }
}
