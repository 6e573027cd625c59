package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;

/**
 * Server h's hop (protocol §4.3 hops): opens every item of L_{h-1}. {@link #open} may run on any threads over any split of the positions; {@link #finish} puts
 * the parts together.
 *
 * @param run the run
 * @param h own number
 * @param key expanded private key of O_h
 * @param items L_{h-1}
 * @param owners at hop 1 whose each item is; empty at later hops
 */
public record HopWork(ShuffleRun run, int h, XWing.ExpandedKey key, List<ByteString> items, List<ItemRef> owners) {
    /** Stands for the owner where the layer does not bind it. */
    private static final ItemRef NOBODY = new ItemRef(new MemberId(ByteString.wrap(new byte[16])), 0);

    /** Copies the lists. */
    public HopWork {
        items = List.copyOf(items);
        owners = List.copyOf(owners);
    }

    /** What a hop ends in. */
    public sealed interface Result {
        /**
         * Every item opened, no two to one value.
         *
         * @param list L_h
         * @param origins for each position in L_h the position in L_{h-1} that it came from; the server's secret until a trace asks
         */
        record Listed(ShuffleList list, List<Integer> origins) implements Result {
            /** Copies the origins. */
            public Listed {
                origins = List.copyOf(origins);
            }
        }

        /**
         * What the server declares instead of a list.
         *
         * @param malformed positions in L_{h-1} that do not open, ascending
         * @param equalSets positions that open to one value, each set ascending, sets by first position
         */
        record Declared(List<Integer> malformed, List<List<Integer>> equalSets) implements Result {
            /** Copies the lists. */
            public Declared {
                malformed = List.copyOf(malformed);
                equalSets = List.copyOf(equalSets);
            }
        }
    }

    /** Opens the items at positions {@code from} to {@code to - 1}, in order; nothing for one that does not open. */
    public List<Optional<ByteString>> open(int from, int to) {
        List<Optional<ByteString>> opened = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            ItemRef owner = h == 1 ? owners.get(i) : NOBODY;
            opened.add(Onion.openLayer(run, h, key, owner, items.get(i)));
        }
        return opened;
    }

    /** The hop's result from what {@link #open} gave for all positions, in order. */
    public Result finish(List<Optional<ByteString>> opened) {
        List<Integer> malformed = new ArrayList<>();
        SortedMap<ByteString, List<Integer>> sorted = new TreeMap<>();
        for (int i = 0; i < opened.size(); i++) {
            Optional<ByteString> item = opened.get(i);
            if (item.isPresent()) {
                sorted.computeIfAbsent(item.get(), x -> new ArrayList<>(1)).add(i);
            } else {
                malformed.add(i);
            }
        }
        if (malformed.isEmpty() && sorted.size() == opened.size()) {
            List<Integer> origins = new ArrayList<>(opened.size());
            sorted.values().forEach(positions -> origins.add(positions.get(0)));
            return new Result.Listed(ShuffleList.of(new ArrayList<>(sorted.keySet())), origins);
        }
        List<List<Integer>> equalSets = new ArrayList<>();
        for (List<Integer> positions : sorted.values()) {
            if (positions.size() > 1) {
                equalSets.add(positions);
            }
        }
        equalSets.sort((a, b) -> Integer.compare(a.get(0), b.get(0)));
        return new Result.Declared(malformed, equalSets);
    }
}
