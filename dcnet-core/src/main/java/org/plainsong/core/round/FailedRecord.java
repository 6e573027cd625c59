package org.plainsong.core.round;

import java.util.List;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;

/**
 * The link that an attempt leaves for which all M servers have signed failed (protocol §4.2).
 *
 * @param statements of servers 1..M, in order
 */
public record FailedRecord(List<Signed<Failed>> statements) {
    /** Checks that there is one at least. */
    public FailedRecord {
        statements = List.copyOf(statements);
        if (statements.isEmpty()) {
            throw new IllegalStateException("a failed record without statements");
        }
    }

    /** The attempt that failed. */
    public AttemptId at() {
        return statements.get(0).message().at();
    }

    /** Hash of the link. */
    public RecordHash hash() {
        return RoundHashes.failed(statements);
    }

    /** Whether some server says that it has shown its share, so that its participants may be known (protocol §5.5). */
    public boolean mayHaveBeenRevealed() {
        return statements.stream().anyMatch(each -> each.message().revealed());
    }

    /**
     * The expected of the next attempt: computed anew only if all M statements name one set of inventories, with what follows from it, and nobody revealed; else as
     * before (protocol §5.5).
     *
     * @param before bit set over the enrolled
     */
    public ByteString expectedNext(ByteString before) {
        Failed first = statements.get(0).message();
        boolean agreed = statements.stream()
                .map(Signed::message)
                .allMatch(each -> !each.revealed()
                        && each.inventories().equals(first.inventories())
                        && each.participants().equals(first.participants())
                        && each.expectedNext().equals(first.expectedNext()));
        boolean named = first.inventories().size() == 32
                && first.expectedNext().size() == before.size()
                && first.participants().size() <= 8 * before.size()
                && BitSets.isOver(first.expectedNext(), first.participants().size());
        return agreed && named ? first.expectedNext() : before;
    }
}
