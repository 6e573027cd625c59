package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Signed;

/** Where a server stands in one attempt; each state holds only what is true in it (protocol §5.4). */
public sealed interface AgreementState {
    /** The statements that are held. */
    Heard heard();

    /** The same with other statements held. */
    AgreementState with(Heard heard);

    /** Whether nothing more can come of the attempt. */
    default boolean isOver() {
        return false;
    }

    /** The window is open. */
    record Collecting(Heard heard) implements AgreementState {
        @Override
        public Collecting with(Heard next) {
            return new Collecting(next);
        }
    }

    /** The own inventory is out; waits for the others'. */
    record Inventoried(Heard heard) implements AgreementState {
        @Override
        public Inventoried with(Heard next) {
            return new Inventoried(next);
        }
    }

    /** All inventories are here and the floor is reached; the own share is being computed. */
    record Sharing(Heard heard, RoundPlan plan) implements AgreementState {
        @Override
        public Sharing with(Heard next) {
            return new Sharing(next, plan);
        }
    }

    /** The own commitment is out; waits for the others'. The share is still secret. */
    record Committed(Heard heard, RoundPlan plan, OwnShare own) implements AgreementState {
        @Override
        public Committed with(Heard next) {
            return new Committed(next, plan, own);
        }
    }

    /**
     * The own share has been shown; waits for the others'.
     *
     * @param checked servers whose share was found to open their commitment
     * @param refuted servers whose reveal cannot be used
     * @param secondLimit whether the others have been asked and the hard limit runs once more (protocol §5.4 step 4)
     * @param doubt why no record of the attempt will be signed, if that is certain
     */
    record Revealed(
            Heard heard,
            RoundPlan plan,
            SortedSet<Integer> checked,
            SortedSet<Integer> refuted,
            boolean secondLimit,
            Optional<AgreementEffect.Reason> doubt)
            implements AgreementState {
        @Override
        public Revealed with(Heard next) {
            return new Revealed(next, plan, checked, refuted, secondLimit, doubt);
        }
    }

    /** A restarted server without this epoch's secrets gathers what shows that it had revealed; it never signs failed (protocol §4.2). */
    record Finishing(Heard heard) implements AgreementState {
        @Override
        public Finishing with(Heard next) {
            return new Finishing(next);
        }
    }

    /** The own signature under the record is out; waits for the others' and for the disk. */
    record Certifying(Heard heard, Outcome outcome, boolean stored, SortedSet<Integer> differing)
            implements AgreementState {
        @Override
        public Certifying with(Heard next) {
            return new Certifying(next, outcome, stored, differing);
        }
    }

    /** The record counts. */
    record Certified(Heard heard, Signed<Record> record, Outcome outcome) implements AgreementState {
        @Override
        public Certified with(Heard next) {
            return new Certified(next, record, outcome);
        }

        @Override
        public boolean isOver() {
            return true;
        }
    }

    /** Failed is signed and this server will never sign a record of the attempt; {@code stored}: it is on disk and has been said. */
    record FailedSigned(Heard heard, Signed<Failed> own, boolean stored) implements AgreementState {
        @Override
        public FailedSigned with(Heard next) {
            return new FailedSigned(next, own, stored);
        }
    }

    /** All M have given up. */
    record AttemptFailed(Heard heard, FailedRecord link) implements AgreementState {
        @Override
        public AttemptFailed with(Heard next) {
            return new AttemptFailed(next, link);
        }

        @Override
        public boolean isOver() {
            return true;
        }
    }

    /** The epoch is over; {@code before} is where the server stood, and can still come to its end if the missing statements do. */
    record Stuck(AgreementState before) implements AgreementState {
        @Override
        public Heard heard() {
            return before.heard();
        }

        @Override
        public Stuck with(Heard next) {
            return new Stuck(before.with(next));
        }
    }

    /** The own share and nonce before they are shown; never leaves but in the one reveal. */
    record OwnShare(ByteString share, ByteString nonce) {
        /** Says that there is one. */
        @Override
        public String toString() {
            return "OwnShare(…)";
        }
    }

    /**
     * What a server has signed: the record with its own signature, and what belongs to it.
     *
     * @param own with this server's signature only
     * @param output XOR of the shares
     * @param shares of servers 1..M
     */
    record Outcome(Signed<Record> own, ByteString output, List<ByteString> shares) {
        /** Copies the list. */
        public Outcome {
            shares = List.copyOf(shares);
        }
    }
}
