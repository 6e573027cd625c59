package org.plainsong.core.message;

import java.util.List;

/**
 * What a server holds when its window closes (protocol §5.4 step 1).
 *
 * @param at the attempt
 * @param prev latest link of the chain
 * @param server number
 * @param headers of the submissions held, ascending by member
 * @param hellos fresh ones, ascending by member
 * @param confirmations late ones, ascending by member
 * @param endWish the server wishes this to be the epoch's last record
 */
public record Inventory(
        AttemptId at,
        RecordHash prev,
        int server,
        List<Signed<Header>> headers,
        List<Signed<Hello>> hellos,
        List<Signed<Confirmation>> confirmations,
        boolean endWish)
        implements Message.OfAttempt {
    /** Type string. */
    public static final String TYPE = "inventory";

    /** Checks the fields. */
    public Inventory {
        headers = Fields.copy(headers);
        hellos = Fields.copy(hellos);
        confirmations = Fields.copy(confirmations);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
