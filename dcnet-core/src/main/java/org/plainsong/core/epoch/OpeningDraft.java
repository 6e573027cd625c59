package org.plainsong.core.epoch;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.ShuffleList;

/**
 * What the opening record is made of; every server and everybody who checks it computes the same (protocol §4.1 steps 5 and 6).
 *
 * @param proposal the proposal
 * @param terms the announcements
 * @param roll the enrolment set
 * @param lists L_0..L_M
 * @param setsHash labelled hash "confirmed sets"
 * @param confirmed the confirmed members
 * @param seeds M inner seeds, with the servers' times
 * @param lastTimeMillis time of the record that the proposal names
 */
record OpeningDraft(
        Proposal proposal,
        Terms terms,
        Roll roll,
        List<ShuffleList> lists,
        ByteString setsHash,
        SortedSet<MemberId> confirmed,
        List<Signed<InnerSeed>> seeds,
        long lastTimeMillis) {

    /** The record, given the payloads of L_M that opened and are acceptable slot keys. */
    OpeningRecord record(Collection<Optional<ByteString>> payloads) {
        return new OpeningRecord(
                proposal.group(),
                proposal.epoch(),
                terms.epoch(),
                proposal.prev(),
                List.copyOf(roll.members()),
                roll.hash(),
                terms.run(),
                lists.stream().map(ShuffleList::root).toList(),
                setsHash,
                slots(payloads),
                expected(),
                timeMillis());
    }

    /** Slots are the sorted slot keys; one that nobody could sign with is dropped, and one that appears twice, both copies. */
    private static List<PublicKey> slots(Collection<Optional<ByteString>> payloads) {
        SortedMap<PublicKey, Integer> counts = new TreeMap<>();
        for (Optional<ByteString> payload : payloads) {
            payload.filter(Ed25519::isAcceptablePublicKey)
                    .ifPresent(key -> counts.merge(new PublicKey(key), 1, Integer::sum));
        }
        counts.values().removeIf(count -> count > 1);
        return List.copyOf(counts.keySet());
    }

    private ByteString expected() {
        byte[] bits = new byte[(roll.size() + 7) / 8];
        int i = 0;
        for (MemberId member : roll.members()) {
            if (confirmed.contains(member)) {
                bits[i / 8] |= (byte) (0x80 >> (i % 8));
            }
            i++;
        }
        return ByteString.wrap(bits);
    }

    /** The (M/2 rounded up)-th smallest of the M times, later than the record before. */
    private long timeMillis() {
        List<Long> times =
                seeds.stream().map(s -> s.message().timeMillis()).sorted().toList();
        return Math.max(lastTimeMillis + 1, times.get((times.size() + 1) / 2 - 1));
    }
}
