package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.TreeProof;

/**
 * A growing log with its leaf hashes, for whoever makes proofs (RFC 6962 §2.1, protocol §8): 32 bytes a leaf. One thread at a time. Who only needs size and
 * root takes a {@link LogHead}.
 */
public final class Log {
    private final List<ByteString> leaves = new ArrayList<>();
    private LogHead head = LogHead.EMPTY;

    /** Number of leaves. */
    public int size() {
        return leaves.size();
    }

    /** Appends a leaf, given its hash. */
    public void append(ByteString leafHash) {
        head = head.append(leafHash);
        leaves.add(leafHash);
    }

    /** Root over all leaves. */
    public ByteString root() {
        return head.root();
    }

    /**
     * Root over the first {@code size} leaves.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public ByteString root(int size) {
        return TreeHash.rootOfLeafHashes(leaves.subList(0, size));
    }

    /**
     * Shows that leaf {@code index} is in the tree of the first {@code size} leaves.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf or no such tree
     */
    public List<ByteString> inclusion(int index, int size) {
        return TreeProof.path(leaves.subList(0, size), index);
    }

    /**
     * Shows that the tree of {@code newSize} leaves begins with that of {@code oldSize} leaves, which is at least 1.
     *
     * @throws IndexOutOfBoundsException if there is no such tree
     */
    public List<ByteString> consistency(int oldSize, int newSize) {
        return TreeProof.consistency(leaves.subList(0, newSize), oldSize);
    }
}
