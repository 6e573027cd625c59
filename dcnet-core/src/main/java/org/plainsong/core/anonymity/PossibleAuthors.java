package org.plainsong.core.anonymity;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;

/**
 * Who can be behind each pseudonym for somebody who sees who takes part and which slots are used: the members present every time it wrote (protocol §5.5; Wolinsky et
 * al. call the number possinymity). All sets are bit sets over the enrolled. Immutable.
 */
public final class PossibleAuthors {
    private final ByteString confirmed;
    private final Map<Integer, ByteString> narrowed;

    private PossibleAuthors(ByteString confirmed, Map<Integer, ByteString> narrowed) {
        this.confirmed = confirmed;
        this.narrowed = narrowed;
    }

    /** At the start of an epoch each pseudonym can be any confirmed member. */
    public static PossibleAuthors start(ByteString confirmed) {
        return new PossibleAuthors(confirmed, Map.of());
    }

    /** Members that confirmed late can own a pseudonym that has not written yet. */
    public PossibleAuthors confirmedLate(ByteString nowConfirmed) {
        return new PossibleAuthors(nowConfirmed, narrowed);
    }

    /** In a certified round with these participants these slots were not silent. */
    public PossibleAuthors wrote(Iterable<Integer> slots, ByteString participants) {
        Map<Integer, ByteString> next = new HashMap<>(narrowed);
        for (int slot : slots) {
            next.put(slot, BitSets.and(of(slot), participants));
        }
        return new PossibleAuthors(confirmed, next);
    }

    /** The possible authors of what a slot has written so far. */
    public ByteString of(int slot) {
        return Objects.requireNonNullElse(narrowed.get(slot), confirmed);
    }

    /** What would remain if the slot wrote in an attempt in which these take part. */
    public ByteString ifItWroteWith(int slot, ByteString participants) {
        return BitSets.and(of(slot), participants);
    }
}
