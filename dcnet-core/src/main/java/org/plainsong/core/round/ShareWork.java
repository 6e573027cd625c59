package org.plainsong.core.round;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.plainsong.core.bytes.ByteString;

/**
 * A share made while the window is open: the pads of the expected members are added ahead, ciphertexts as they come; at the end only the differences to the real
 * participants are left to do. What is in it is secret until the reveal. Pads and ciphertexts have a buffer each, so that {@link #addPads} may run on a worker while
 * {@link #addCiphertext} runs on the node's thread; otherwise for one thread at a time.
 */
public final class ShareWork {
    private final PadSource pads;
    private final byte[] nonce12;
    private final byte[] padSum;
    private final byte[] ciphertextSum;
    private final BitSet padded = new BitSet();
    private final BitSet received = new BitSet();
    private boolean used;

    /** For one attempt of {@code length} bytes. */
    public ShareWork(PadSource pads, byte[] nonce12, int length) {
        this.pads = pads;
        this.nonce12 = nonce12.clone();
        this.padSum = new byte[length];
        this.ciphertextSum = new byte[length];
    }

    /** Adds the pads of these members, unless they are in it already. */
    public void addPads(int[] members, ParallelWork work) {
        int[] missing =
                Arrays.stream(members).filter(i -> !padded.get(i)).distinct().toArray();
        togglePads(missing, work);
    }

    /** Adds the ciphertext of a member that submitted here. Once for each member. */
    public void addCiphertext(int member, ByteString ciphertext) {
        if (received.get(member)) {
            throw new IllegalStateException("the ciphertext of member " + member + " is in the share already");
        }
        received.set(member);
        Shares.xor(ciphertext, ciphertextSum);
    }

    /**
     * The share for these participants. Can be taken once.
     *
     * @param participants indexes of all participants
     * @param attached indexes of those attached to this server
     * @param ciphertexts of members that submitted here, by index; asked only where attached and added differ
     */
    public ByteString finish(
            int[] participants, int[] attached, IntFunction<ByteString> ciphertexts, ParallelWork work) {
        if (used) {
            throw new IllegalStateException("the share of an attempt is made once");
        }
        used = true;
        BitSet wanted = bits(participants);
        wanted.xor(padded);
        togglePads(wanted.stream().toArray(), work);
        BitSet wrong = bits(attached);
        wrong.xor(received);
        wrong.stream().forEach(member -> Shares.xor(ciphertexts.apply(member), ciphertextSum));
        Shares.xor(ByteString.wrap(ciphertextSum), padSum);
        return ByteString.wrap(padSum);
    }

    /** Wipes what has been added, if no share has been taken: the attempt has failed. */
    public void discard() {
        if (!used) {
            used = true;
            Arrays.fill(padSum, (byte) 0);
        }
    }

    private void togglePads(int[] members, ParallelWork work) {
        Shares.xorPads(pads, nonce12, members, padSum, work);
        IntStream.of(members).forEach(padded::flip);
    }

    private static BitSet bits(int[] positions) {
        BitSet bits = new BitSet();
        for (int position : positions) {
            bits.set(position);
        }
        return bits;
    }
}
