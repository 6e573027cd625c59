package org.plainsong.core.round;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;

/** What can happen to a server's {@link Agreement} on one attempt. */
public sealed interface AgreementEvent {
    /**
     * The window has closed: what goes into the inventory (protocol §5.4 step 1). Made by {@link Window#close}.
     *
     * @param headers of the submissions held, tree roots checked, ascending by member
     * @param hellos fresh ones, ascending by member
     * @param confirmations late ones, ascending by member
     * @param endWish this server wishes that this be the epoch's last record
     */
    record WindowClosed(
            List<Signed<Header>> headers,
            List<Signed<Hello>> hellos,
            List<Signed<Confirmation>> confirmations,
            boolean endWish)
            implements AgreementEvent {
        /** Copies the lists. */
        public WindowClosed {
            headers = List.copyOf(headers);
            hellos = List.copyOf(hellos);
            confirmations = List.copyOf(confirmations);
        }
    }

    /**
     * A statement about this attempt has come: inventory, commitment, reveal with its share, record with one signature, or failed; from its signer or passed on. Its
     * outer signature is good; it may be one that is held already, and it may have come early. What its signer has no business to say is ignored.
     */
    record Said(Packet<?> packet) implements AgreementEvent {}

    /**
     * The share that {@link AgreementEffect.ComputeShare} asked for.
     *
     * @param share as many bytes as the layout has
     * @param nonce 32 fresh random bytes
     * @param nowMillis this server's clock, Unix milliseconds
     */
    record ShareReady(ByteString share, ByteString nonce, long nowMillis) implements AgreementEvent {}

    /** A deadline set by {@link AgreementEffect.SetDeadline} has passed. */
    record DeadlinePassed(Deadline deadline) implements AgreementEvent {}

    /** A peer has validly proposed the next epoch while the attempt goes on. */
    record ProposalSeen() implements AgreementEvent {}

    /** A peer has lost the secrets of this epoch since the attempt began. */
    record PeerRestarted(int server) implements AgreementEvent {}

    /** What {@link AgreementEffect.StoreFailed} or {@link AgreementEffect.StoreRecord} asked for is on disk. */
    record Stored(Written what) implements AgreementEvent {}

    /** Deadlines; setting one again replaces it. */
    enum Deadline {
        /** The phase in hand is over. */
        PHASE,
        /** Time to ask the others for what is missing. */
        ASK
    }

    /** What can be written. */
    enum Written {
        /** The own failed statement. */
        FAILED,
        /** The record with the own signature. */
        RECORD
    }
}
