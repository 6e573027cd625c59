package org.plainsong.core.message;

import java.util.List;
import org.plainsong.core.bytes.ByteString;

/** One binary message on a connection between a client and a server or between two servers (formats, "Frames"). */
public sealed interface Frame {
    /** The first frame of the side that was connected to: what the other side signs in {@link Attach} or {@link PeerHello}. */
    record Challenge(ByteString value) implements Frame {
        /** Bytes of a challenge. */
        public static final int SIZE = 32;

        /** A challenge of exactly {@link #SIZE} bytes. */
        public Challenge {
            Fields.exactly("challenge", value, SIZE);
        }
    }

    /** A signed statement with the bytes that it names by hash. */
    record Statement(Packet<?> packet) implements Frame {}

    /**
     * An entry of the transcript.
     *
     * @param index position in the transcript, from 0
     * @param bytes the entry as it is published under this index
     */
    record EntryFrame(long index, ByteString bytes) implements Frame {
        /** Checks the range. */
        public EntryFrame {
            Fields.atLeast("index", index, 0);
        }
    }

    /**
     * A named refusal.
     *
     * @param code a word that programs compare, 1..64 characters a-z, 0-9 and hyphen
     * @param text what was wrong and what to do, for people, at most 1000 bytes of UTF-8
     */
    record Problem(String code, String text) implements Frame {}

    /**
     * What a member needs to find its items in the last list of a shuffle (protocol §4.3 confirm).
     *
     * @param run the run
     * @param hops the signed chain, by server number
     * @param leafHashes the RFC 6962 leaf hashes of L_M, 32 bytes each, in the order of the list
     */
    record Leaves(RunId run, List<Signed<Hop>> hops, ByteString leafHashes) implements Frame {
        /** Copies the list. */
        public Leaves {
            hops = Fields.copy(hops);
        }
    }

    /**
     * An epoch can be enrolled in (protocol §4.1 step 3).
     *
     * @param proposal the signed proposal
     * @param announcements all M, by server number
     */
    record SetupOffer(Signed<Proposal> proposal, List<Signed<Announcement>> announcements) implements Frame {
        /** Copies the list. */
        public SetupOffer {
            announcements = Fields.copy(announcements);
        }
    }

    /** Asks the other side for something that it may hold; it sends what it has and is silent about what it has not. */
    sealed interface Fetch extends Frame {
        /** Kind 1: the transcript entries from this index on. */
        record Entries(long from) implements Fetch {
            /** Checks the range. */
            public Entries {
                Fields.atLeast("from", from, 0);
            }
        }

        /** Kind 2: the enrolment whose payload has this SHA-256. */
        record EnrolmentOf(ByteString hash) implements Fetch {
            /** Checks the size. */
            public EnrolmentOf {
                Fields.exactly("enrolment hash", hash, 32);
            }
        }

        /**
         * Kind 3: a server's statement of one type about one attempt, with its body; attempt 0 of round 0 stands for the setup.
         *
         * @param type type string of the statement
         * @param at the attempt
         * @param server number of its signer
         */
        record OfAttempt(String type, AttemptId at, int server) implements Fetch {}

        /** Kind 4: the {@link Leaves} of the run that goes on now. */
        record CurrentLeaves() implements Fetch {}

        /**
         * Kind 5: a server's statement of one type about one shuffle run, with its body.
         *
         * @param type type string of the statement
         * @param run the run
         * @param server number of its signer
         */
        record OfRun(String type, RunId run, int server) implements Fetch {}
    }
}
