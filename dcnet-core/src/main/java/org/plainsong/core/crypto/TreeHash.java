package org.plainsong.core.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256: {@code leaf = H(0x00 ‖ entry)}, {@code node = H(0x01 ‖ left ‖ right)},
 * the left subtree is the largest full one. The tree of nothing has the root {@code H()}.
 *
 * <p>Ciphertexts, shares and outputs are hashed as the tree of their 1,024-byte pieces (protocol §5.2), so that one piece
 * can be shown and checked alone. Proofs are made by {@link TreeProof}.
 */
public final class TreeHash {
    /** Bytes of every piece but the last, which may be shorter. */
    public static final int CHUNK_SIZE = 1024;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    /** Heights of subtrees in a tree of up to 2^31 - 1 leaves. */
    private static final int MAX_HEIGHT = 32;

    private final MessageDigest digest = Hash.newSha256();
    /** Roots of finished full subtrees, largest first: entry i has the height of the i-th set bit of {@link #count} from the top. */
    private final byte[] roots = new byte[MAX_HEIGHT * Hash.SIZE];

    private int depth;
    private int count;

    private TreeHash() {}

    /** Root of the tree over these entries. */
    public static ByteString root(List<ByteString> entries) {
        TreeHash tree = new TreeHash();
        for (ByteString entry : entries) {
            tree.addEntry(entry.unsafeArray(), 0, entry.size());
        }
        return tree.finish();
    }

    /** Root of the tree whose leaf hashes are already known (see {@link #leafHash}). */
    public static ByteString rootOfLeafHashes(List<ByteString> leafHashes) {
        TreeHash tree = new TreeHash();
        for (ByteString leaf : leafHashes) {
            tree.addLeafHash(leaf);
        }
        return tree.finish();
    }

    /** Root of the tree over the 1,024-byte pieces of {@code data}; no data, no leaves. */
    public static ByteString rootOfChunks(byte[] data) {
        return rootOfChunks(data, 0, data.length);
    }

    /** As {@link #rootOfChunks(byte[])}, for {@code length} bytes from {@code offset} on. */
    public static ByteString rootOfChunks(byte[] data, int offset, int length) {
        TreeHash tree = new TreeHash();
        for (int at = 0; at < length; at += CHUNK_SIZE) {
            tree.addEntry(data, offset + at, Math.min(CHUNK_SIZE, length - at));
        }
        return tree.finish();
    }

    /** How many leaves {@link #rootOfChunks(byte[])} has for this many bytes. */
    public static int chunkCount(int length) {
        return length / CHUNK_SIZE + (length % CHUNK_SIZE == 0 ? 0 : 1);
    }

    /** The leaf hashes of the 1,024-byte pieces of {@code data}, from left to right. */
    public static List<ByteString> leafHashesOfChunks(byte[] data) {
        MessageDigest digest = Hash.newSha256();
        List<ByteString> leaves = new ArrayList<>(chunkCount(data.length));
        for (int at = 0; at < data.length; at += CHUNK_SIZE) {
            digest.update(LEAF);
            digest.update(data, at, Math.min(CHUNK_SIZE, data.length - at));
            leaves.add(ByteString.wrap(digest.digest()));
        }
        return leaves;
    }

    /** Hash of a leaf with this entry. */
    public static ByteString leafHash(ByteString entry) {
        MessageDigest digest = Hash.newSha256();
        digest.update(LEAF);
        digest.update(entry.unsafeArray());
        return ByteString.wrap(digest.digest());
    }

    /** Hash of a node over its two children. */
    static ByteString nodeHash(ByteString left, ByteString right) {
        MessageDigest digest = Hash.newSha256();
        digest.update(NODE);
        digest.update(left.unsafeArray());
        digest.update(right.unsafeArray());
        return ByteString.wrap(digest.digest());
    }

    private void addEntry(byte[] data, int offset, int length) {
        digest.update(LEAF);
        digest.update(data, offset, length);
        finishInto(depth);
        pushed();
    }

    private void addLeafHash(ByteString leaf) {
        if (leaf.size() != Hash.SIZE) {
            throw new IllegalStateException("a leaf hash has " + Hash.SIZE + " bytes, not " + leaf.size());
        }
        leaf.copyTo(roots, depth * Hash.SIZE);
        pushed();
    }

    /** A new leaf completes as many subtrees as its number has trailing zero bits. */
    private void pushed() {
        depth++;
        count++;
        for (int merged = Integer.numberOfTrailingZeros(count); merged > 0; merged--) {
            mergeTopTwo();
        }
    }

    private void mergeTopTwo() {
        depth--;
        digest.update(NODE);
        digest.update(roots, (depth - 1) * Hash.SIZE, 2 * Hash.SIZE);
        finishInto(depth - 1);
    }

    private ByteString finish() {
        if (count == 0) {
            return ByteString.wrap(digest.digest());
        }
        while (depth > 1) {
            mergeTopTwo();
        }
        byte[] root = new byte[Hash.SIZE];
        System.arraycopy(roots, 0, root, 0, Hash.SIZE);
        return ByteString.wrap(root);
    }

    private void finishInto(int position) {
        try {
            digest.digest(roots, position * Hash.SIZE, Hash.SIZE);
        } catch (DigestException e) {
            throw new IllegalStateException("no room for the root at depth " + position, e);
        }
    }
}
