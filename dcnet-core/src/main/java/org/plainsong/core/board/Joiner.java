package org.plainsong.core.board;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;

/**
 * Joins what the slots of one epoch carry into contents (protocol §7). A content is complete in a slot when all its bytes
 * came in certified frames of that slot, in order and without a gap, however many rounds lie between; anything else drops
 * what the slot had begun. Hostile fragments cost at most {@link BoardLimits#MAX_JOINING_BYTES} for all slots: nothing is allocated for what is announced,
 * only what has come is kept.
 *
 * <p>Immutable; equal inputs give equal joiners, so that one may be shared by all members of a process.
 */
public final class Joiner {
    private static final Joiner EMPTY = new Joiner(Map.of(), 0);

    private final Map<Integer, Begun> begun;
    private final long held;

    private Joiner(Map<Integer, Begun> begun, long held) {
        this.begun = begun;
        this.held = held;
    }

    /** At the start of an epoch nothing has been begun. */
    public static Joiner empty() {
        return EMPTY;
    }

    /**
     * What came of a fragment.
     *
     * @param next the joiner from here on
     * @param complete the content's bytes, when the fragment was its last; they have the id that the fragments named
     */
    public record Joined(Joiner next, Optional<ByteString> complete) {}

    /** Takes the fragment of a certified frame of this slot. */
    public Joined take(int slot, Fragment fragment) {
        Begun before = begun.get(slot);
        Begun goingOn = before != null && before.isFollowedBy(fragment) ? before : null;
        if (goingOn == null && fragment.offset() != 0) {
            return new Joined(interrupt(slot), Optional.empty());
        }
        Begun now = goingOn == null ? Begun.of(fragment) : goingOn.with(fragment);
        if (now.length() == now.total()) {
            return new Joined(interrupt(slot), now.whole());
        }
        Joiner without = interrupt(slot);
        Map<Integer, Begun> next = new TreeMap<>(without.begun);
        next.put(slot, now);
        return new Joined(within(new Joiner(next, without.held + now.length())), Optional.empty());
    }

    /** Above the limit the longest goes first: who fills it does not push out what others begin. */
    private static Joiner within(Joiner joiner) {
        Joiner left = joiner;
        while (left.held > BoardLimits.MAX_JOINING_BYTES) {
            int slot = 0;
            int longest = -1;
            for (Map.Entry<Integer, Begun> each : left.begun.entrySet()) {
                if (each.getValue().length() > longest) {
                    slot = each.getKey();
                    longest = each.getValue().length();
                }
            }
            left = left.interrupt(slot);
        }
        return left;
    }

    /** Drops what the slot has begun: its frame held something else. */
    public Joiner interrupt(int slot) {
        Begun dropped = begun.get(slot);
        if (dropped == null) {
            return this;
        }
        Map<Integer, Begun> next = new TreeMap<>(begun);
        next.remove(slot);
        return next.isEmpty() ? EMPTY : new Joiner(next, held - dropped.length());
    }

    /** What has been begun and not finished, by slot, for showing progress. */
    public Map<Integer, Progress> progress() {
        Map<Integer, Progress> shown = new TreeMap<>();
        begun.forEach((slot, b) -> shown.put(slot, new Progress(b.content, b.length(), b.total())));
        return shown;
    }

    /**
     * How far a content has come.
     *
     * @param content its id, as the fragments claim
     * @param received bytes
     * @param total bytes
     */
    public record Progress(ContentId content, int received, int total) {}

    /** A chain of pieces, newest first: adding one copies nothing. */
    private static final class Begun {
        private final ContentId content;
        private final int total;
        private final int length;
        private final ByteString piece;
        private final Optional<Begun> before;

        private Begun(ContentId content, int total, int length, ByteString piece, Optional<Begun> before) {
            this.content = content;
            this.total = total;
            this.length = length;
            this.piece = piece;
            this.before = before;
        }

        static Begun of(Fragment first) {
            return new Begun(first.content(), first.total(), first.bytes().size(), first.bytes(), Optional.empty());
        }

        boolean isFollowedBy(Fragment next) {
            return next.content().equals(content) && next.total() == total && next.offset() == length;
        }

        Begun with(Fragment next) {
            return new Begun(content, total, length + next.bytes().size(), next.bytes(), Optional.of(this));
        }

        int length() {
            return length;
        }

        int total() {
            return total;
        }

        /** The bytes, unless they are not those that the id names. */
        Optional<ByteString> whole() {
            byte[] all = new byte[total];
            Optional<Begun> at = Optional.of(this);
            while (at.isPresent()) {
                Begun part = at.get();
                part.piece.copyTo(all, part.length - part.piece.size());
                at = part.before;
            }
            ByteString bytes = ByteString.wrap(all);
            return ContentId.of(bytes).equals(content) ? Optional.of(bytes) : Optional.empty();
        }
    }
}
