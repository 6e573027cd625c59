package org.plainsong.core.round;

import java.util.List;
import java.util.stream.IntStream;
import org.plainsong.core.anonymity.Floor;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Violation;

/**
 * What follows from the M inventories of an attempt, the same at every server that holds the same ones (protocol §5.4 step 2).
 *
 * @param agreed what the record will say of it
 * @param clear {@code A}, the hash over all of it
 * @param floorReached whether enough of the expected take part (protocol §5.5)
 * @param violations members with two different valid headers, who are left out
 */
public record RoundPlan(Agreed agreed, ByteString clear, boolean floorReached, List<Violation> violations) {
    /** Copies the list. */
    public RoundPlan {
        violations = List.copyOf(violations);
    }

    /**
     * The part that goes into the record.
     *
     * @param inventories labelled hash over the M payloads
     * @param participants a byte for each enrolled member: 0 absent, else the number of the server it is attached to
     * @param expectedNext bit set over the enrolled
     * @param lateConfirmed indexes whose late confirmation counts from this record on, ascending
     * @param headerRoot tree root over the participants' header payloads, in member order
     * @param last no round follows in this epoch
     */
    public record Agreed(
            ByteString inventories,
            ByteString participants,
            ByteString expectedNext,
            List<Integer> lateConfirmed,
            ByteString headerRoot,
            boolean last) {
        /** Copies the list. */
        public Agreed {
            lateConfirmed = List.copyOf(lateConfirmed);
        }
    }

    /**
     * Computes the plan.
     *
     * @param inventories all M, in server order, each naming this attempt's {@code prev}
     */
    public static RoundPlan of(AttemptContext attempt, List<Signed<Inventory>> inventories, SignatureCheck check) {
        Planning planning = new Planning(attempt, check);
        inventories.forEach(inventory -> planning.add(inventory.message()));
        Agreed agreed = planning.agreed(RoundHashes.inventories(inventories));
        boolean reached = Floor.isReached(
                participantBits(agreed.participants()),
                attempt.expected(),
                attempt.epoch().policy());
        return new RoundPlan(agreed, RoundHashes.clear(attempt, agreed), reached, planning.violations());
    }

    /** The participants as a bit set. */
    public static ByteString participantBits(ByteString participants) {
        return BitSets.of(participants.size(), i -> participants.at(i) != 0);
    }

    /** Indexes of all participants, ascending. */
    public int[] participants() {
        return IntStream.range(0, agreed.participants().size())
                .filter(i -> agreed.participants().at(i) != 0)
                .toArray();
    }

    /** Indexes of the participants that are attached to this server, ascending. */
    public int[] attachedTo(int server) {
        return IntStream.range(0, agreed.participants().size())
                .filter(i -> agreed.participants().at(i) == server)
                .toArray();
    }
}
