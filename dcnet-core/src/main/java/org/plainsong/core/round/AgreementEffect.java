package org.plainsong.core.round;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Violation;

/** What a server's {@link Agreement} wants done; carried out in order. */
public sealed interface AgreementEffect {
    /** Sends an own statement to every other server. */
    record Say(Packet<?> packet) implements AgreementEffect {}

    /** Sends a held statement to one server. */
    record Send(int server, Packet<?> packet) implements AgreementEffect {}

    /** Asks one server for a statement; what comes goes in as {@link AgreementEvent.Said}. */
    record Ask(int server, Frame.Fetch.OfAttempt what) implements AgreementEffect {}

    /** Computes {@code s_j} over these participants with {@link Shares}, draws a nonce and answers with {@link AgreementEvent.ShareReady}. */
    record ComputeShare(RoundPlan plan) implements AgreementEffect {}

    /** Wants {@link AgreementEvent.DeadlinePassed} after so many milliseconds; replaces the one of the same kind. */
    record SetDeadline(AgreementEvent.Deadline deadline, int millis) implements AgreementEffect {}

    /** Writes the own failed statement and answers with {@link AgreementEvent.Stored}; it is said only after that (protocol §4.2). */
    record StoreFailed(Signed<Failed> failed) implements AgreementEffect {}

    /**
     * Writes the record, beside the exchange of signatures, and answers with {@link AgreementEvent.Stored}.
     *
     * @param own the record with this server's signature
     * @param output the round's output
     * @param shares of servers 1..M
     */
    record StoreRecord(Signed<Record> own, ByteString output, List<ByteString> shares) implements AgreementEffect {
        /** Copies the list. */
        public StoreRecord {
            shares = List.copyOf(shares);
        }
    }

    /** The record counts: all M signatures, on disk (protocol §5.4 step 5). */
    record Certified(Signed<Record> record, ByteString output, List<ByteString> shares) implements AgreementEffect {
        /** Copies the list. */
        public Certified {
            shares = List.copyOf(shares);
        }
    }

    /** The attempt has failed for good; the next one builds on this link. After an {@link EpochOver} it is only a link, no attempt follows. */
    record AttemptFailed(FailedRecord link) implements AgreementEffect {}

    /** No further attempt can be made in this epoch: the next setup is due. May still be followed by {@link Certified} or {@link AttemptFailed}. */
    record EpochOver(Reason reason) implements AgreementEffect {}

    /** Somebody is convicted by signed statements alone. */
    record Found(Violation violation) implements AgreementEffect {}

    /** This server gives up the attempt. */
    record GivesUp(Reason reason) implements AgreementEffect {}

    /** The attempt waits for these servers' statements of this kind: named, not convicted. */
    record WaitsFor(Heard.Kind kind, List<Integer> servers) implements AgreementEffect {
        /** Copies the list. */
        public WaitsFor {
            servers = List.copyOf(servers);
        }
    }

    /** This server signed another record than the one that follows from the statements: its signature cannot count here. */
    record RecordDiffers(int server) implements AgreementEffect {}

    /** Why an attempt or an epoch ends. */
    enum Reason {
        /** Another server has given up. */
        ANOTHER_FAILED,
        /** A server's statement did not come in time. */
        MISSING_STATEMENT,
        /** A server's inventory builds on another link of the chain. */
        ANOTHER_PREV,
        /** A server signed two different statements. */
        CONTRADICTION,
        /** Too few of the expected members take part (protocol §5.5). */
        BELOW_FLOOR,
        /** The servers do not agree on what the attempt consists of. */
        CLEAR_HASHES_DIFFER,
        /** A share does not fit its commitment, or was shown under other commitments. */
        WRONG_REVEAL,
        /** The next epoch has been proposed. */
        EPOCH_PROPOSED,
        /** A server has lost its epoch secrets. */
        PEER_RESTARTED,
        /** Some server signed the record and some server signed failed: neither can become complete. */
        RECORD_AND_FAILED
    }
}
