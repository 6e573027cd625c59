package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/**
 * Instead of a hop: items that do not open, and sets that open to one value (protocol §4.3).
 *
 * @param run the run
 * @param server h
 * @param in tree root of L_{h-1}
 * @param malformed positions in L_{h-1}, ascending
 * @param equalSets sets of two or more positions, each ascending, by first position
 */
public record Declaration(RunId run, int server, ByteString in, List<Integer> malformed, List<List<Integer>> equalSets)
        implements Message.OfShuffle {
    /** Type string. */
    public static final String TYPE = "declaration";

    /** Checks the fields. */
    public Declaration {
        Fields.exactly("in", in, 32);
        malformed = Fields.copy(malformed);
        equalSets = Fields.copy(equalSets);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
