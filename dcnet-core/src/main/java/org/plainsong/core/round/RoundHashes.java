package org.plainsong.core.round;

import java.util.Collection;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;
import org.plainsong.core.slot.Layout;

/** The hashes that tie an attempt's statements together (protocol §5.4; formats, "Round hashes"). Lists are in server order. */
public final class RoundHashes {
    private RoundHashes() {}

    /** Over the payloads of the M inventories. */
    public static ByteString inventories(Collection<Signed<Inventory>> inServerOrder) {
        return Hash.labelled(Labels.INVENTORIES, payloads(inServerOrder));
    }

    /** Over the payloads of the M commitments. */
    public static ByteString commitments(Collection<Signed<Commitment>> inServerOrder) {
        return Hash.labelled(Labels.COMMITMENTS, payloads(inServerOrder));
    }

    /** Hash of a failed record: over the payloads of the M statements (protocol §4.2). */
    public static RecordHash failed(Collection<Signed<Failed>> inServerOrder) {
        return new RecordHash(Hash.labelled(Labels.FAILED, payloads(inServerOrder)));
    }

    /** What a server commits to: its share under {@code A} and 32 random bytes, because a share can be short. */
    public static ByteString commitment(
            AttemptId at, int server, ByteString clear, ByteString nonce, ByteString share) {
        return Hash.labelled(
                Labels.COMMITMENT,
                at.epoch().value(),
                Numbers.u64(at.round()),
                Numbers.u64(at.attempt()),
                Numbers.u64(server),
                clear,
                nonce,
                share);
    }

    /** {@code A}: everything that the servers must agree on before any of them shows a share. */
    static ByteString clear(AttemptContext attempt, RoundPlan.Agreed agreed) {
        return clear(attempt.prev(), attempt.layout(), attempt.expected(), agreed);
    }

    /**
     * {@code A}, from the chain before the attempt and from what its record says.
     *
     * @param expected bit set over the enrolled: the expected of the attempt
     */
    public static ByteString clear(RecordHash prev, Layout layout, ByteString expected, RoundPlan.Agreed agreed) {
        ByteString late = ByteString.concat(
                agreed.lateConfirmed().stream().map(Numbers::u16).toArray(ByteString[]::new));
        return Hash.labelled(
                Labels.CLEAR,
                prev.value(),
                agreed.inventories(),
                agreed.participants(),
                layout.hash(),
                expected,
                agreed.expectedNext(),
                agreed.headerRoot(),
                late,
                Numbers.u8(agreed.last() ? 1 : 0));
    }

    private static ByteString[] payloads(Collection<? extends Signed<? extends Message>> statements) {
        return List.copyOf(statements).stream().map(Signed::payload).toArray(ByteString[]::new);
    }
}
