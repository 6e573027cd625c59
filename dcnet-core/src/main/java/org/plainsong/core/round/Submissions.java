package org.plainsong.core.round;

import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signer;

/**
 * A member's submissions in one epoch: exactly one ciphertext for each (round, attempt), a resend is byte-identical, and after a failure the next attempt has fresh
 * pads (protocol §5.2). Two under one pad would show what the member wrote, so a second different one is refused here, whatever its caller thinks.
 */
public final class Submissions {
    private final Ciphertexts ciphertexts;
    private Optional<Sent> last = Optional.empty();

    /**
     * For one epoch.
     *
     * @param pads the member's pads, by server number less one
     * @param serverCount M
     * @param signer signs with the member's key
     */
    public Submissions(MemberId member, PadSource pads, int serverCount, Signer signer) {
        this.ciphertexts = new Ciphertexts(member, pads, serverCount, signer);
    }

    /**
     * The submission for an attempt.
     *
     * @param ownSlots what the member writes, by slot, each of the slot's length; empty for cover
     * @throws IllegalStateException if another one was made for this attempt, or one for a later attempt
     */
    public Packet<Header> submit(AttemptContext attempt, Map<Integer, ByteString> ownSlots) {
        if (last.isPresent() && last.get().at().compareTo(attempt.at()) >= 0) {
            Sent sent = last.get();
            boolean same = sent.at().equals(attempt.at())
                    && sent.prev().equals(attempt.prev())
                    && sent.ownSlots().equals(ownSlots);
            if (!same) {
                throw new IllegalStateException(
                        "a ciphertext for round " + attempt.at().round() + " attempt "
                                + attempt.at().attempt() + " would be a second one: the last was for round "
                                + sent.at().round() + " attempt " + sent.at().attempt());
            }
            return sent.packet();
        }
        Packet<Header> packet = ciphertexts.make(attempt, ownSlots);
        last = Optional.of(new Sent(attempt.at(), attempt.prev(), Map.copyOf(ownSlots), packet));
        return packet;
    }

    /** The submission that was made for this attempt, to be sent again as it is; empty if there is none or later ones were made. */
    public Optional<Packet<Header>> sent(AttemptId at) {
        return last.filter(sent -> sent.at().equals(at)).map(Sent::packet);
    }

    private record Sent(AttemptId at, RecordHash prev, Map<Integer, ByteString> ownSlots, Packet<Header> packet) {}
}
