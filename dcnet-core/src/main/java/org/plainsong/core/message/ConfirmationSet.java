package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * The confirmations that a server holds at the deadline.
 *
 * @param run the run
 * @param server number
 * @param chain hash of the chain the server holds
 * @param confirmations ascending by member
 */
public record ConfirmationSet(RunId run, int server, ByteString chain, List<Signed<Confirmation>> confirmations)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "confirmation-set";

    /** Checks the fields. */
    public ConfirmationSet {
        Fields.exactly("chain", chain, 32);
        confirmations = Fields.copy(confirmations);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
