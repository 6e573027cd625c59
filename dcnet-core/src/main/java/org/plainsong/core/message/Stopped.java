package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * A server's word that a run ends without being opened, which items a trace asks to be opened, and that it has not revealed its inner seed and never will: one
 * kind with {@link InnerSeed}. A member opens an item only when it holds this from all M servers with the same cause and the item among the asked (protocol
 * §4.3 complaint).
 *
 * @param run the run
 * @param server number
 * @param cause labelled hash "confirmed sets" over the M confirmation sets, one of which holds a missing; or SHA-256 of the payload of a declaration
 * @param asked items to be opened, ascending, no item twice
 */
public record Stopped(RunId run, int server, ByteString cause, List<ItemRef> asked) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "run-stopped";

    /** Checks the fields. */
    public Stopped {
        Fields.exactly("cause", cause, 32);
        asked = Fields.copy(asked);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
