package org.plainsong.core.transcript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;

/** What does not change in an epoch once it is open: its opening record and the roster that it rests on (protocol §4). */
public final class OpenedEpoch {
    private final Signed<OpeningRecord> opening;
    private final Roster roster;
    private final RecordHash link;
    private final Map<MemberId, Integer> indexes;

    /** The epoch of this opening record, on the roster at that point of the transcript. */
    OpenedEpoch(Signed<OpeningRecord> opening, Roster roster) {
        this.opening = opening;
        this.roster = roster;
        this.link = new RecordHash(Hash.sha256(opening.payload()));
        Map<MemberId, Integer> byId = new HashMap<>();
        List<MemberId> enrolled = opening.message().enrolled();
        for (int i = 0; i < enrolled.size(); i++) {
            byId.put(enrolled.get(i), i);
        }
        this.indexes = Map.copyOf(byId);
    }

    /** The epoch's id. */
    public EpochId id() {
        return opening.message().epoch();
    }

    /** The epoch's number. */
    public long number() {
        return opening.message().epochNumber();
    }

    /** The signed opening record. */
    public Signed<OpeningRecord> opening() {
        return opening;
    }

    /** Hash of the opening record: the link before the first attempt. */
    public RecordHash link() {
        return link;
    }

    /** The roster that holds for the whole epoch: servers, their numbers, members' keys and policy. */
    public Roster roster() {
        return roster;
    }

    /** The rules that hold for the whole epoch. */
    public Policy policy() {
        return roster.policy();
    }

    /** The enrolled members, ascending; a member's index is its position. */
    public List<MemberId> enrolled() {
        return opening.message().enrolled();
    }

    /** Index of a member, if it is enrolled. */
    public Optional<Integer> indexOf(MemberId member) {
        return Optional.ofNullable(indexes.get(member));
    }

    /** Signing key of an enrolled member, by index. */
    public PublicKey memberKey(int index) {
        MemberId id = enrolled().get(index);
        return roster.memberKey(id)
                .orElseThrow(() -> new IllegalStateException("enrolled member " + id + " is not in the roster"));
    }

    /** The slot keys, ascending; a slot's index is its position. */
    public List<PublicKey> slots() {
        return opening.message().slots();
    }
}
