package org.plainsong.core.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.plainsong.core.bytes.ByteString;

/**
 * Audit paths and consistency proofs of the tree of {@link TreeHash} (RFC 9162 §2.1.3 and §2.1.4, the same trees as RFC
 * 6962). A proof is the list of hashes in the order in which the verifier uses them.
 */
public final class TreeProof {
    private TreeProof() {}

    /**
     * The path that shows that leaf {@code index}, from 0, is in the tree with these leaf hashes.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static List<ByteString> path(List<ByteString> leafHashes, int index) {
        Objects.checkIndex(index, leafHashes.size());
        List<ByteString> path = new ArrayList<>();
        collectPath(leafHashes, index, path);
        return List.copyOf(path);
    }

    /** The path of the {@code index}-th 1,024-byte piece of {@code data} (protocol §5.2). */
    public static List<ByteString> pathOfChunk(byte[] data, int index) {
        return path(TreeHash.leafHashesOfChunks(data), index);
    }

    /**
     * True if {@code path} shows that the entry with this leaf hash is number {@code index} of the tree of {@code size}
     * leaves with this root (RFC 9162 §2.1.3.2). Never throws, whatever the path holds.
     */
    public static boolean verifyPath(
            ByteString leafHash, long index, long size, List<ByteString> path, ByteString root) {
        if (index < 0 || index >= size || !allHashes(path)) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        ByteString r = leafHash;
        for (ByteString p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = TreeHash.nodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = TreeHash.nodeHash(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r.equals(root);
    }

    /**
     * The proof that the tree of the first {@code oldSize} leaves is the beginning of the whole one (RFC 9162 §2.1.4.1).
     *
     * @param oldSize 1 to the number of leaves; for equal sizes the proof is empty
     */
    public static List<ByteString> consistency(List<ByteString> leafHashes, int oldSize) {
        if (oldSize < 1 || oldSize > leafHashes.size()) {
            throw new IndexOutOfBoundsException("no tree of " + oldSize + " within " + leafHashes.size() + " leaves");
        }
        List<ByteString> proof = new ArrayList<>();
        collectConsistency(leafHashes, oldSize, true, proof);
        return List.copyOf(proof);
    }

    /**
     * True if {@code proof} shows that the tree of {@code newSize} leaves begins with that of {@code oldSize} leaves (RFC
     * 9162 §2.1.4.2). A tree of no leaves is the beginning of none here: nothing can be shown about it. Never throws.
     */
    public static boolean verifyConsistency(
            long oldSize, long newSize, ByteString oldRoot, ByteString newRoot, List<ByteString> proof) {
        if (oldSize < 1 || oldSize > newSize || !allHashes(proof)) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean oldIsFull = Long.bitCount(oldSize) == 1;
        if (proof.isEmpty() && !oldIsFull) {
            return false;
        }
        int at = oldIsFull ? 0 : 1;
        ByteString first = oldIsFull ? oldRoot : proof.getFirst();
        return climb(oldSize - 1, newSize - 1, first, proof.subList(at, proof.size()), oldRoot, newRoot);
    }

    /** Steps 4 to 7 of RFC 9162 §2.1.4.2, with the names used there. */
    private static boolean climb(
            long oldLast,
            long newLast,
            ByteString first,
            List<ByteString> rest,
            ByteString oldRoot,
            ByteString newRoot) {
        int full = Long.numberOfTrailingZeros(~oldLast);
        long fn = oldLast >> full;
        long sn = newLast >> full;
        ByteString fr = first;
        ByteString sr = first;
        for (ByteString c : rest) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = TreeHash.nodeHash(c, fr);
                sr = TreeHash.nodeHash(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = TreeHash.nodeHash(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(oldRoot) && sr.equals(newRoot);
    }

    private static void collectPath(List<ByteString> leaves, int index, List<ByteString> path) {
        if (leaves.size() <= 1) {
            return;
        }
        int k = splitPoint(leaves.size());
        List<ByteString> left = leaves.subList(0, k);
        List<ByteString> right = leaves.subList(k, leaves.size());
        collectPath(index < k ? left : right, index < k ? index : index - k, path);
        path.add(TreeHash.rootOfLeafHashes(index < k ? right : left));
    }

    private static void collectConsistency(
            List<ByteString> leaves, int oldSize, boolean whole, List<ByteString> proof) {
        if (oldSize == leaves.size()) {
            if (!whole) {
                proof.add(TreeHash.rootOfLeafHashes(leaves));
            }
            return;
        }
        int k = splitPoint(leaves.size());
        List<ByteString> left = leaves.subList(0, k);
        List<ByteString> right = leaves.subList(k, leaves.size());
        if (oldSize <= k) {
            collectConsistency(left, oldSize, whole, proof);
            proof.add(TreeHash.rootOfLeafHashes(right));
        } else {
            collectConsistency(right, oldSize - k, false, proof);
            proof.add(TreeHash.rootOfLeafHashes(left));
        }
    }

    /** The largest power of two that is smaller than {@code size}, which is at least 2. */
    private static int splitPoint(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static boolean allHashes(List<ByteString> hashes) {
        return hashes.stream().allMatch(hash -> hash.size() == Hash.SIZE);
    }
}
