package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.TreeProof;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;

/**
 * What a server keeps of certified attempts so that it can answer a trace: its own share and the submissions attached to it (protocol §6). The pads themselves come from
 * the epoch's {@link PadSource}. Kept for the blame window, in rounds, and for at most so many bytes; then it is gone. Mutable, for one thread.
 */
public final class TraceMaterial {
    private final int windowRounds;
    private final long maxBytes;
    private final SortedMap<AttemptId, Kept> kept = new TreeMap<>();
    private long bytes;

    /**
     * For one epoch.
     *
     * @param windowRounds the policy's blame window
     * @param maxBytes bound of what is kept; the newest attempt is kept in any case
     */
    public TraceMaterial(int windowRounds, long maxBytes) {
        this.windowRounds = windowRounds;
        this.maxBytes = maxBytes;
    }

    /**
     * Keeps what belongs to a certified attempt, and lets go of what lies before the window that ends with it.
     *
     * @param nonce12 the attempt's pad nonce
     * @param share the own share
     * @param attached submissions of the participants attached to this server, by member index
     */
    public void keep(AttemptId at, byte[] nonce12, ByteString share, SortedMap<Integer, Packet<Header>> attached) {
        Kept entry = new Kept(ByteString.of(nonce12), share, new TreeMap<>(attached));
        kept.put(at, entry);
        bytes += entry.size();
        forgetBefore(at.round() - windowRounds + 1);
        while (bytes > maxBytes && kept.size() > 1) {
            forget(kept.firstKey());
        }
    }

    /** Lets go of all rounds before this one. */
    public void forgetBefore(long round) {
        while (!kept.isEmpty() && kept.firstKey().round() < round) {
            forget(kept.firstKey());
        }
    }

    /** Lets go of everything: the epoch's blame window is over. */
    public void forgetAll() {
        kept.clear();
        bytes = 0;
    }

    private void forget(AttemptId at) {
        Kept gone = kept.remove(at);
        if (gone != null) {
            bytes -= gone.size();
        }
    }

    /** Bytes kept. */
    public long size() {
        return bytes;
    }

    /** Whether a trace of this attempt can be answered. */
    public boolean covers(AttemptId at) {
        return kept.containsKey(at);
    }

    /**
     * The pad bits of these members at one bit of the vector, a bit set over positions of {@code participants}.
     *
     * @param bit number of the bit in the vector: 8 × byte + place from the most significant
     */
    public Optional<ByteString> padBits(AttemptId at, long bit, int[] participants, PadSource pads) {
        return find(at).map(entry -> BitSets.of(
                participants.length,
                i -> isSet(pads.byteAt(participants[i], entry.nonce12().unsafeArray(), bit >> 3), bit)));
    }

    /** The leaf of the own share that holds this bit, with its path. */
    public Optional<Leaf> shareLeaf(AttemptId at, long bit) {
        return find(at).map(entry -> leaf(entry.share(), bit));
    }

    /** The leaf of an attached member's ciphertext that holds this bit, with its path. */
    public Optional<Leaf> ciphertextLeaf(AttemptId at, int member, long bit) {
        return submission(at, member).map(packet -> leaf(packet.body(), bit));
    }

    /** The header that an attached member signed. */
    public Optional<Signed<Header>> header(AttemptId at, int member) {
        return submission(at, member).map(Packet::statement);
    }

    private Optional<Packet<Header>> submission(AttemptId at, int member) {
        return find(at).flatMap(entry -> Optional.ofNullable(entry.attached().get(member)));
    }

    private Optional<Kept> find(AttemptId at) {
        return Optional.ofNullable(kept.get(at));
    }

    private static Leaf leaf(ByteString vector, long bit) {
        int index = (int) (bit / 8 / TreeHash.CHUNK_SIZE);
        int from = index * TreeHash.CHUNK_SIZE;
        ByteString chunk = vector.slice(from, Math.min(vector.size(), from + TreeHash.CHUNK_SIZE));
        return new Leaf(index, vector.size(), chunk, TreeProof.pathOfChunk(vector.unsafeArray(), index));
    }

    /** Whether this bit of a byte is set; bit 0 of a vector is the most significant of its first byte. */
    static boolean isSet(byte value, long bit) {
        return (value & (0x80 >> (int) (bit & 7))) != 0;
    }

    /**
     * One piece of a vector and the proof that it belongs to it.
     *
     * @param index of the 1 KiB piece
     * @param vectorBytes size of the whole vector, from which the number of pieces follows
     * @param chunk the bytes of the piece
     * @param path audit path (RFC 6962)
     */
    public record Leaf(int index, int vectorBytes, ByteString chunk, List<ByteString> path) {
        /** Copies the list. */
        public Leaf {
            path = List.copyOf(path);
        }

        /** Whether the piece stands at its place under this root. */
        public boolean isUnder(ByteString root) {
            return TreeProof.verifyPath(TreeHash.leafHash(chunk), index, TreeHash.chunkCount(vectorBytes), path, root);
        }

        /** The bit with this number in the vector, which must lie in the piece. */
        public boolean bit(long number) {
            return isSet(chunk.at((int) (number / 8 - (long) index * TreeHash.CHUNK_SIZE)), number);
        }
    }

    private record Kept(ByteString nonce12, ByteString share, SortedMap<Integer, Packet<Header>> attached) {
        long size() {
            return share.size()
                    + attached.values().stream()
                            .mapToLong(packet -> packet.body().size())
                            .sum();
        }
    }
}
