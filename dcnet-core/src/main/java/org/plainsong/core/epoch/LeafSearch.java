package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.TreeHash;

/** Finds items in a list of which only the leaf hashes are at hand, one after the other (protocol §4.3 confirm). */
final class LeafSearch {
    private LeafSearch() {}

    /** Root of the tree with these leaves, or nothing if they are no whole hashes. */
    static Optional<ByteString> root(ByteString leaves) {
        if (leaves.size() % Hash.SIZE != 0) {
            return Optional.empty();
        }
        List<ByteString> hashes = new ArrayList<>(leaves.size() / Hash.SIZE);
        for (int at = 0; at < leaves.size(); at += Hash.SIZE) {
            hashes.add(leaves.slice(at, at + Hash.SIZE));
        }
        return Optional.of(TreeHash.rootOfLeafHashes(hashes));
    }

    /** Index of the first item whose core is not among the leaves, -1 if all are there. */
    static int firstMissing(List<KeptEnrolment.KeptItem> items, ByteString leaves) {
        for (int index = 0; index < items.size(); index++) {
            if (!contains(leaves, TreeHash.leafHash(items.get(index).core()))) {
                return index;
            }
        }
        return -1;
    }

    private static boolean contains(ByteString leaves, ByteString leaf) {
        byte[] all = leaves.unsafeArray();
        byte[] one = leaf.unsafeArray();
        for (int at = 0; at < all.length; at += Hash.SIZE) {
            if (Arrays.equals(all, at, at + Hash.SIZE, one, 0, Hash.SIZE)) {
                return true;
            }
        }
        return false;
    }
}
