package org.plainsong.core.shuffle;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.Signed;

/** Why a run is traced (protocol §4.3). */
public sealed interface TraceCause {
    /** What the M {@code Stopped} name. */
    ByteString hash();

    /**
     * Members miss items in the agreed chain.
     *
     * @param sets labelled hash "confirmed sets"
     * @param complaints by the item that is said to be missing; without those that were set aside because of another chain
     */
    record Missing(ByteString sets, SortedMap<ItemRef, Signed<Confirmation>> complaints) implements TraceCause {
        /** Copies the map. */
        public Missing {
            complaints = Collections.unmodifiableSortedMap(new TreeMap<>(complaints));
        }

        @Override
        public ByteString hash() {
            return sets;
        }
    }

    /**
     * Server h declared items of L_{h-1}.
     *
     * @param declaration what it declared
     * @param links of servers h-1 down to 1, as far as they have come, by server number
     */
    record Declared(Signed<Declaration> declaration, SortedMap<Integer, Signed<Link>> links) implements TraceCause {
        /** Copies the map. */
        public Declared {
            links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        }

        @Override
        public ByteString hash() {
            return Hash.sha256(declaration.payload());
        }

        /** h. */
        public int hop() {
            return declaration.message().server();
        }

        /** The same with one more link. */
        public Declared with(Signed<Link> link) {
            SortedMap<Integer, Signed<Link>> more = new TreeMap<>(links);
            more.put(link.message().server(), link);
            return new Declared(declaration, more);
        }
    }
}
