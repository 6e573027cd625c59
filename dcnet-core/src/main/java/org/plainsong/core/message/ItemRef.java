package org.plainsong.core.message;

/**
 * One item of one member in a run of the shuffle.
 *
 * @param member whose
 * @param index which of its items, from 0
 */
public record ItemRef(MemberId member, int index) implements Comparable<ItemRef> {
    /** Checks the range. */
    public ItemRef {
        Fields.atLeast("index", index, 0);
    }

    @Override
    public int compareTo(ItemRef other) {
        int c = member.compareTo(other.member);
        return c != 0 ? c : Integer.compare(index, other.index);
    }
}
