package org.plainsong.core.epoch;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Violation;

/** What the driver of a setup at a server does, in the order given. */
public sealed interface SetupEffect {
    /**
     * Sends a frame.
     *
     * @param to who gets it
     * @param frame an own or a passed on statement, an offer, leaves of a list, or a request for an enrolment
     * @param storeFirst the statement inside is on disk before it leaves: an own <em>failed</em> or signature under an opening record (protocol §4.2)
     */
    record Send(Audience to, Frame frame, boolean storeFirst) implements SetupEffect {}

    /** Asks for {@link SetupEvent.DeadlinePassed} at this time, Unix milliseconds; replaces the one asked for before. */
    record SetDeadline(long atMillis) implements SetupEffect {}

    /** Asks for heavy work, on any threads; its result comes back as {@link SetupEvent.WorkDone}. */
    record Work(SetupWork work) implements SetupEffect {}

    /** Somebody broke the protocol, with proof. Comes once for each culprit and rule, at any time, also after the end. */
    record Found(Violation violation) implements SetupEffect {}

    /**
     * For operators: this is waited for and the deadline has passed.
     *
     * @param phase name of the phase
     * @param refusing numbers of the servers that are waited for
     */
    record Waiting(String phase, SortedSet<Integer> refusing) implements SetupEffect {
        /** Copies the set. */
        public Waiting {
            refusing = Collections.unmodifiableSortedSet(new TreeSet<>(refusing));
        }
    }

    /**
     * The epoch is open. The record has already been sent to the other servers; members get it as an entry of the transcript.
     *
     * @param record with all M signatures
     * @param bundle everything public of the setup, for the transcript
     * @param padSecrets K_ij of this server with each enrolled member, now the receiver's to keep and to wipe
     * @param leaves what a member needs that confirms late
     * @param chain hash of the chain, which late confirmations name
     */
    record Opened(
            Signed<OpeningRecord> record,
            SetupBundle bundle,
            SortedMap<MemberId, Secret> padSecrets,
            Frame.Leaves leaves,
            ByteString chain)
            implements SetupEffect {
        /** Copies the map. */
        public Opened {
            padSecrets = Collections.unmodifiableSortedMap(new TreeMap<>(padSecrets));
        }
    }

    /** After the end: a member that had been set aside has opened everything it was asked for. If its opening convicts somebody, that comes first. */
    record Answered(MemberId member) implements SetupEffect {}

    /**
     * The setup has ended without an epoch; all its secrets are wiped.
     *
     * @param reason for people
     * @param failedSigned whether this server has signed <em>failed</em>; false only if it had signed the opening record and another server gave up
     * @param setAside members that were asked to open something and did not; they take part in nothing until they have (protocol §4.3)
     * @param lost members that declared that they have lost the seed; admitted again after the policy's number of epochs
     * @param refusing numbers of servers whose statement was waited for in vain
     */
    record Voided(
            String reason,
            boolean failedSigned,
            SortedSet<MemberId> setAside,
            SortedSet<MemberId> lost,
            SortedSet<Integer> refusing)
            implements SetupEffect {
        /** Copies the sets. */
        public Voided {
            setAside = Collections.unmodifiableSortedSet(new TreeSet<>(setAside));
            lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
            refusing = Collections.unmodifiableSortedSet(new TreeSet<>(refusing));
        }
    }
}
