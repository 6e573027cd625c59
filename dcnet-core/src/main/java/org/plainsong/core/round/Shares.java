package org.plainsong.core.round;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.pad.PadKernel;

/** XOR of what servers hold and show (protocol §5.4 steps 3 and 5). */
public final class Shares {
    /** Below so many bytes of keystream one thread is quicker. */
    private static final long SPLIT_FROM = 1 << 18;

    private Shares() {}

    /**
     * {@code s_j}: the pads of all participants XOR the ciphertexts of those attached here.
     *
     * @param pads this server's pads, by member index
     * @param nonce12 the attempt's nonce
     * @param participants member indexes
     * @param attached ciphertexts of the participants attached to this server, each {@code length} bytes
     * @param length bytes of the vector
     */
    public static ByteString compute(
            PadSource pads,
            byte[] nonce12,
            int[] participants,
            Iterable<ByteString> attached,
            int length,
            ParallelWork work) {
        byte[] share = new byte[length];
        xorPads(pads, nonce12, participants, share, work);
        for (ByteString ciphertext : attached) {
            xor(ciphertext, share);
        }
        return ByteString.wrap(share);
    }

    /** XORs the pads of these counterparts into the whole buffer, on several threads if it is worth it. */
    static void xorPads(PadSource pads, byte[] nonce12, int[] who, byte[] buffer, ParallelWork work) {
        if ((long) who.length * buffer.length < SPLIT_FROM) {
            pads.xorInto(who, 0, who.length, nonce12, buffer, buffer.length);
            return;
        }
        work.ranges(who.length, (from, to) -> {
            if (from == 0 && to == who.length) {
                pads.xorInto(who, from, to, nonce12, buffer, buffer.length);
                return;
            }
            byte[] part = new byte[buffer.length];
            pads.xorInto(who, from, to, nonce12, part, part.length);
            synchronized (buffer) {
                PadKernel.xor(part, 0, buffer, 0, part.length);
            }
        });
    }

    /** XORs bytes into a buffer of the same size. */
    static void xor(ByteString from, byte[] into) {
        if (from.size() != into.length) {
            throw new IllegalStateException("XOR of " + from.size() + " bytes into " + into.length);
        }
        PadKernel.xor(from.unsafeArray(), 0, into, 0, into.length);
    }

    /** The output: XOR of the shares of all servers. */
    public static ByteString combine(List<ByteString> shares) {
        byte[] output = shares.get(0).toByteArray();
        for (ByteString share : shares.subList(1, shares.size())) {
            xor(share, output);
        }
        return ByteString.wrap(output);
    }
}
