package org.plainsong.core.shuffle;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;

/** Judges a list L_h, h ≥ 1: any fault convicts its signer (protocol §4.3 hops). */
public final class ListCheck {
    private ListCheck() {}

    /** What is wrong with a list. */
    public enum Fault {
        /** It has not as many items as the list before. */
        COUNT,
        /** An item has not the length of the layer. */
        LENGTH,
        /** The items do not ascend bytewise. */
        UNSORTED,
        /** An item stands twice. */
        DUPLICATE
    }

    /**
     * The first fault, if there is one.
     *
     * @param h the hop that made the list, 1..M
     * @param before number of items of L_{h-1}
     */
    public static Optional<Fault> fault(ShuffleRun run, int h, int before, List<ByteString> items) {
        if (items.size() != before) {
            return Optional.of(Fault.COUNT);
        }
        int length = run.layerSize(h);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).size() != length) {
                return Optional.of(Fault.LENGTH);
            }
            int order = i == 0 ? -1 : items.get(i - 1).compareTo(items.get(i));
            if (order >= 0) {
                return Optional.of(order == 0 ? Fault.DUPLICATE : Fault.UNSORTED);
            }
        }
        return Optional.empty();
    }
}
