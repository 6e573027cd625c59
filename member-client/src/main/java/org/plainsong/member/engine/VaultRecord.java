package org.plainsong.member.engine;

import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.message.EpochId;

/** What a member must still know after its process was killed. The vault writes them in order and encrypted; {@link Kept} folds them. */
public sealed interface VaultRecord {
    /**
     * Something went into the outbox. Its bytes never change, so that what is sent twice is one content.
     *
     * @param id content id of {@code content}
     * @param content the encoded content
     * @param draft what the member said
     * @param own for a private text what was sealed, encoded; else empty: the sealed bytes cannot be read by their author
     * @param replySeed 32-byte seed of the reply key in it, none if it carries none
     */
    record Outgoing(ContentId id, ByteString content, Draft draft, ByteString own, Optional<Secret> replySeed)
            implements VaultRecord {}

    /** It left the outbox: published, or taken back before it went out. */
    record OutgoingEnded(ContentId id, boolean published) implements VaultRecord {}

    /**
     * A content arrived whole.
     *
     * @param id its id
     * @param content its bytes
     * @param slotKey key of the slot
     * @param epoch number of the epoch
     * @param round round
     * @param entry index of the entry
     * @param timeMillis the record's time
     */
    record Received(
            ContentId id, ByteString content, ByteString slotKey, long epoch, long round, long entry, long timeMillis)
            implements VaultRecord {}

    /**
     * The member is about to enrol in an epoch; on disk before the enrolment leaves (protocol §4).
     *
     * @param number number of the epoch: never enrolled in again, nor any below
     * @param epoch its id
     * @param seed 32-byte enrolment seed, kept through the blame window
     * @param shuffle what a trace of its shuffle may ask for (outer seeds and cores), in the setup's own encoding
     */
    record Enrolled(long number, EpochId epoch, Secret seed, Secret shuffle) implements VaultRecord {}

    /** The number of the last epoch enrolled in, when its secrets are gone already. */
    record LastEpoch(long number) implements VaultRecord {}

    /** Nothing can ask for an epoch's enrolment secrets any more. */
    record EnrolmentErased(EpochId epoch) implements VaultRecord {}

    /** Entries of the transcript applied, with all that came of them saved before. */
    record Progress(long entries) implements VaultRecord {}
}
