package org.plainsong.core.transcript;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;

/** What an opening record says by itself, as far as it can be checked without the setup behind it (protocol §4.1 step 6). */
final class OpeningRules {
    private OpeningRules() {}

    static Optional<Finding> problem(OpeningRecord opening, Chain chain) {
        Roster roster = chain.roster();
        return order(opening, chain)
                .or(() -> link(opening, chain))
                .or(() -> members(opening, roster))
                .or(() -> slots(opening, roster))
                .or(() -> sizes(opening, roster));
    }

    private static Optional<Finding> order(OpeningRecord opening, Chain chain) {
        if (opening.epochNumber() <= chain.epochNumber()) {
            return found(
                    Check.T20_ORDER, "epoch number " + opening.epochNumber() + " after number " + chain.epochNumber());
        }
        if (opening.timeMillis() <= chain.timeMillis()) {
            return found(
                    Check.T23_TIME,
                    "the opening record of epoch " + opening.epochNumber() + " has time " + opening.timeMillis()
                            + " ms, the link before it " + chain.timeMillis() + " ms");
        }
        return Optional.empty();
    }

    private static Optional<Finding> link(OpeningRecord opening, Chain chain) {
        if (!opening.group().equals(chain.roster().groupId())) {
            return found(Check.T30_OPENING, "the opening record belongs to group " + opening.group());
        }
        RecordHash prev = chain.prev();
        return opening.prev().equals(prev)
                ? Optional.empty()
                : found(
                        Check.T22_LINKS,
                        "epoch " + opening.epochNumber() + " follows on " + opening.prev() + ", the last link is "
                                + prev);
    }

    private static Optional<Finding> members(OpeningRecord opening, Roster roster) {
        List<MemberId> enrolled = opening.enrolled();
        HashSet<MemberId> eligible = new HashSet<>(roster.eligible());
        for (int i = 0; i < enrolled.size(); i++) {
            if (i > 0 && enrolled.get(i - 1).compareTo(enrolled.get(i)) >= 0) {
                return found(Check.T30_OPENING, "the enrolled members do not stand in ascending order, each once");
            }
            if (!eligible.contains(enrolled.get(i))) {
                return found(Check.T30_OPENING, "enrolled member " + enrolled.get(i) + " is not eligible");
            }
        }
        if (!BitSets.isOver(opening.expected(), enrolled.size())) {
            return found(Check.T30_OPENING, "the confirmed members are no bit set over " + enrolled.size());
        }
        int confirmed = BitSets.count(opening.expected());
        int minimum = roster.policy().minParticipants();
        return confirmed < minimum
                ? found(Check.T30_OPENING, confirmed + " members confirmed, at least " + minimum + " are needed")
                : Optional.empty();
    }

    private static Optional<Finding> slots(OpeningRecord opening, Roster roster) {
        List<PublicKey> slots = opening.slots();
        long most = (long) opening.enrolled().size() * roster.policy().namesPerEpoch();
        if (slots.size() > most) {
            return found(
                    Check.T30_OPENING,
                    slots.size() + " slots of " + opening.enrolled().size() + " members");
        }
        for (int i = 0; i < slots.size(); i++) {
            if (i > 0 && slots.get(i - 1).compareTo(slots.get(i)) >= 0) {
                return found(Check.T30_OPENING, "the slot keys do not stand in ascending order, each once");
            }
            if (!Ed25519.isAcceptablePublicKey(slots.get(i).value())) {
                return found(Check.T30_OPENING, "slot " + i + " has a key that cannot be accepted");
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> sizes(OpeningRecord opening, Roster roster) {
        int lists = roster.serverCount() + 1;
        boolean rootsFit =
                opening.roots().size() == lists && opening.roots().stream().allMatch(root -> root.size() == Hash.SIZE);
        if (!rootsFit) {
            return found(Check.T30_OPENING, "the opening record does not name " + lists + " lists by their roots");
        }
        return opening.union().size() == Hash.SIZE && opening.confirmations().size() == Hash.SIZE
                ? Optional.empty()
                : found(Check.T30_OPENING, "the hash of the enrolment set or of the confirmations has another size");
    }

    private static Optional<Finding> found(Check check, String what) {
        return Optional.of(check.finding(what));
    }
}
