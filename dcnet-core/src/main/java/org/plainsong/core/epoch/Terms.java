package org.plainsong.core.epoch;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.shuffle.ShuffleRun;

/**
 * What the M announcements fix (protocol §4.1 step 2).
 *
 * @param epoch the epoch
 * @param announcements M, by server number
 * @param announces labelled hash "announces" over their payloads
 * @param shuffle the setup's run
 * @param names k, items of each member
 */
public record Terms(
        EpochId epoch, List<Signed<Announcement>> announcements, ByteString announces, ShuffleRun shuffle, int names) {
    /** Bytes of a payload of the setup's shuffle: a slot key. */
    public static final int PAYLOAD_SIZE = 32;

    /** Copies the list. */
    public Terms {
        announcements = List.copyOf(announcements);
    }

    /** The terms of these announcements, by server number; nothing if one holds a key that nobody can encapsulate to. */
    public static Optional<Terms> of(EpochId epoch, List<Signed<Announcement>> announcements, int names) {
        for (Signed<Announcement> announcement : announcements) {
            if (!hasGoodKeys(announcement.message())) {
                return Optional.empty();
            }
        }
        ByteString announces = Hash.labelled(Labels.ANNOUNCES, payloads(announcements));
        RunId run = new RunId(Hash.labelled(Labels.RUN, epoch.value(), announces));
        ShuffleRun shuffle = new ShuffleRun(
                run,
                announcements.stream().map(a -> a.message().outerKey()).toList(),
                announcements.stream().map(a -> a.message().innerKey()).toList(),
                PAYLOAD_SIZE);
        return Optional.of(new Terms(epoch, announcements, announces, shuffle, names));
    }

    /** Whether all three keys of an announcement can be encapsulated to. */
    static boolean hasGoodKeys(Announcement announcement) {
        return XWing.isAcceptablePublicKey(announcement.padKey())
                && XWing.isAcceptablePublicKey(announcement.outerKey())
                && XWing.isAcceptablePublicKey(announcement.innerKey());
    }

    /** M, the number of servers. */
    public int servers() {
        return announcements.size();
    }

    /** The setup's run. */
    public RunId run() {
        return shuffle.id();
    }

    /** Whether an enrolment has the shape that counts: right epoch and announcements, M encapsulations and tags, k different items, all of the right length. */
    public boolean isWellFormed(Enrolment enrolment) {
        return enrolment.epoch().equals(epoch)
                && enrolment.announcements().equals(announces)
                && areAll(enrolment.encapsulations(), servers(), XWing.CIPHERTEXT_SIZE)
                && areAll(enrolment.tags(), servers(), Hash.SIZE)
                && areAll(enrolment.items(), names, shuffle.layerSize(0))
                && enrolment.items().stream().distinct().count() == names;
    }

    /** The chain hash over M hops, by server number. */
    public static ByteString chain(List<Signed<Hop>> hops) {
        return Hash.labelled(Labels.CHAIN, payloads(hops));
    }

    /** Payloads in order, for hashing. */
    static ByteString[] payloads(List<? extends Signed<?>> statements) {
        return statements.stream().map(Signed::payload).toArray(ByteString[]::new);
    }

    private static boolean areAll(List<ByteString> values, int count, int size) {
        return values.size() == count && values.stream().allMatch(v -> v.size() == size);
    }
}
