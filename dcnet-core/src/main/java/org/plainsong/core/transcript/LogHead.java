package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;

/**
 * Size and root of a growing log without its leaves: the roots of the largest full subtrees, at most one for each bit of the size (RFC 6962 §2.1, protocol
 * §8). Immutable.
 */
public final class LogHead {
    /** The log without entries. */
    public static final LogHead EMPTY = new LogHead(0, List.of());

    private final long size;
    /** Roots of full subtrees, the largest first: one for each set bit of the size. */
    private final List<ByteString> roots;

    private LogHead(long size, List<ByteString> roots) {
        this.size = size;
        this.roots = roots;
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** The log with one more leaf, given its hash. */
    public LogHead append(ByteString leafHash) {
        List<ByteString> next = new ArrayList<>(roots);
        next.add(leafHash);
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            ByteString right = next.removeLast();
            ByteString left = next.removeLast();
            next.add(join(left, right));
        }
        return new LogHead(size + 1, List.copyOf(next));
    }

    /** Root of the tree; of no leaves SHA-256 of nothing. */
    public ByteString root() {
        if (roots.isEmpty()) {
            return TreeHash.root(List.of());
        }
        ByteString root = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = join(roots.get(i), root);
        }
        return root;
    }

    /** A node over two subtrees is the root of the tree whose leaf hashes they would be. */
    private static ByteString join(ByteString left, ByteString right) {
        return TreeHash.rootOfLeafHashes(List.of(left, right));
    }
}
