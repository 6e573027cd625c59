package org.plainsong.core.shuffle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.Signed;

/** The shape of declarations and links, and the way down from a declared item to the first list (protocol §4.3 declare, trace). */
public final class Declarations {
    private static final int LEAST_EQUAL = 2;

    private Declarations() {}

    /**
     * Whether a declaration is one that an honest server could sign: something is declared, every position exists, none stands twice, everything ascends, equal
     * sets have two or more. If not, it convicts its signer.
     *
     * @param before number of items of L_{h-1}
     */
    public static boolean isSound(Declaration declaration, int before) {
        List<Integer> firsts = new ArrayList<>();
        Set<Integer> seen = new HashSet<>(declaration.malformed());
        int count = declaration.malformed().size();
        boolean ascending = ascends(declaration.malformed(), before);
        for (List<Integer> set : declaration.equalSets()) {
            ascending = ascending && set.size() >= LEAST_EQUAL && ascends(set, before);
            count += set.size();
            seen.addAll(set);
            if (!set.isEmpty()) {
                firsts.add(set.get(0));
            }
        }
        return ascending && count > 0 && seen.size() == count && ascends(firsts, before);
    }

    /** All declared positions in L_{h-1}, ascending. */
    public static List<Integer> positions(Declaration declaration) {
        SortedSet<Integer> positions = new TreeSet<>(declaration.malformed());
        declaration.equalSets().forEach(set -> positions.addAll(set));
        return List.copyOf(positions);
    }

    /** Whether a link answers for exactly these positions of its list; if not, it is no answer. */
    public static boolean answers(Link link, List<Integer> outputs) {
        return link.outputs().equals(outputs) && link.inputs().size() == outputs.size();
    }

    /**
     * Whether the inputs of a link all lie in the list before, none named twice. If not, it convicts its signer.
     *
     * @param before number of items of L_{h-1}
     */
    public static boolean isSound(Link link, int before) {
        return link.inputs().stream().allMatch(i -> i >= 0 && i < before)
                && new HashSet<>(link.inputs()).size() == link.inputs().size();
    }

    /** The positions that the next server down is asked for, ascending: those declared, or the inputs of the last link. */
    public static List<Integer> asked(TraceCause.Declared declared) {
        if (declared.links().isEmpty()) {
            return positions(declared.declaration().message());
        }
        Signed<Link> last = declared.links().firstEntry().getValue();
        List<Integer> inputs = new ArrayList<>(last.message().inputs());
        Collections.sort(inputs);
        return inputs;
    }

    /**
     * Claimed path of a declared item (protocol §4.3): its positions in L_{h-1}, L_{h-2}, …, L_0; nothing while a link is missing.
     *
     * @param position in L_{h-1}
     */
    static Optional<List<Integer>> path(TraceCause.Declared declared, int position) {
        List<Integer> path = new ArrayList<>();
        path.add(position);
        int at = position;
        for (int g = declared.hop() - 1; g >= 1; g--) {
            if (!declared.links().containsKey(g)) {
                return Optional.empty();
            }
            Link link = declared.links().get(g).message();
            int found = link.outputs().indexOf(at);
            if (found < 0) {
                return Optional.empty();
            }
            at = link.inputs().get(found);
            path.add(at);
        }
        return Optional.of(path);
    }

    private static boolean ascends(List<Integer> positions, int bound) {
        int last = -1;
        for (int position : positions) {
            if (position <= last || position >= bound) {
                return false;
            }
            last = position;
        }
        return true;
    }
}
