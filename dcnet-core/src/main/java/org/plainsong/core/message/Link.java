package org.plainsong.core.message;

import java.util.List;

/**
 * A server says from which input each asked output came (protocol §4.3 trace).
 *
 * @param run the run
 * @param server h
 * @param outputs positions in L_h, ascending
 * @param inputs positions in L_{h-1}, one for each output
 */
public record Link(RunId run, int server, List<Integer> outputs, List<Integer> inputs) implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "link";

    /** Checks the fields. */
    public Link {
        outputs = Fields.copy(outputs);
        inputs = Fields.copy(inputs);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
