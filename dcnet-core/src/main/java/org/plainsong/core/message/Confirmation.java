package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A member says that its items are all in the last list, or that one is missing (protocol §4.3).
 *
 * @param run the run
 * @param member who
 * @param chain labelled hash "chain" over the M hop payloads
 * @param ok true: all k items are there
 * @param index with ok false: which of the k items, else 0
 * @param list with ok false: number h of the list that lacks it, else 0
 * @param hops with ok false: the signed chain that the member saw, else empty
 */
public record Confirmation(
        RunId run, MemberId member, ByteString chain, boolean ok, int index, int list, List<Signed<Hop>> hops)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "confirmation";

    /** Checks the fields. */
    public Confirmation {
        Fields.exactly("chain", chain, 32);
        hops = Fields.copy(hops);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
