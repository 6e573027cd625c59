package org.plainsong.core.round;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;

/** The record that follows from an attempt's statements, the same at every server (protocol §5.4 step 5). */
public final class RecordBuilder {
    private RecordBuilder() {}

    /**
     * Builds it.
     *
     * @param commitments of servers 1..M
     * @param reveals of servers 1..M, each found to open its commitment
     * @param output XOR of the shares
     */
    public static Record build(
            AttemptContext attempt,
            RoundPlan plan,
            List<Signed<Commitment>> commitments,
            List<Packet<Reveal>> reveals,
            ByteString output) {
        RoundPlan.Agreed agreed = plan.agreed();
        return new Record(
                attempt.at(),
                attempt.prev(),
                agreed.inventories(),
                agreed.participants(),
                agreed.expectedNext(),
                agreed.lateConfirmed(),
                agreed.headerRoot(),
                commitments.stream().map(c -> c.message().commitment()).toList(),
                reveals.stream().map(r -> r.statement().message().nonce()).toList(),
                reveals.stream().map(r -> r.statement().message().shareRoot()).toList(),
                TreeHash.rootOfChunks(output.unsafeArray()),
                roundTime(
                        attempt.lastTimeMillis(),
                        commitments.stream().map(c -> c.message().timeMillis()).toList()),
                agreed.last(),
                List.of(),
                List.of());
    }

    /** {@code max(last + 1, the ⌈M/2⌉-th smallest of the M times)}, Unix milliseconds: no minority of clocks can move it far. */
    public static long roundTime(long last, List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return Math.max(last + 1, sorted.get((sorted.size() + 1) / 2 - 1));
    }
}
