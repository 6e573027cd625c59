package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.XWing;

/**
 * Opens the cores of L_M with all M inner keys (protocol §4.3 open). {@link #open} may run on any threads over any split of the positions.
 *
 * @param run the run
 * @param keys the M inner keys, by server number
 * @param items L_M
 */
public record CoreWork(ShuffleRun run, List<XWing.ExpandedKey> keys, List<ByteString> items) {
    /** Copies the lists. */
    public CoreWork {
        keys = List.copyOf(keys);
        items = List.copyOf(items);
    }

    /** Payloads of the items at positions {@code from} to {@code to - 1}, in order; nothing for one that does not open, which is nobody's fault. */
    public List<Optional<ByteString>> open(int from, int to) {
        List<Optional<ByteString>> payloads = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            payloads.add(Onion.openCore(run, keys, items.get(i)));
        }
        return payloads;
    }
}
