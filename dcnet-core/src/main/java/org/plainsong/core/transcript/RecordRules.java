package org.plainsong.core.transcript;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.anonymity.Floor;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.Record;
import org.plainsong.core.round.RoundPlan;

/** What a record says, against the epoch that it continues (protocol §5.4, §5.5). Signatures are checked elsewhere. */
final class RecordRules {
    private RecordRules() {}

    static Optional<Finding> problem(Record record, ByteString output, EpochView epoch, long lastTimeMillis) {
        return attempt(record.at(), epoch)
                .or(() -> link(record, epoch))
                .or(() -> time(record, lastTimeMillis))
                .or(() -> last(record, epoch))
                .or(() -> participants(record, epoch))
                .or(() -> late(record, epoch))
                .or(() -> expectedNext(record, epoch))
                .or(() -> floor(record, epoch))
                .or(() -> output(record, output, epoch))
                .or(() -> shares(record, epoch))
                .or(() -> entered(record));
    }

    /** The attempt is the one to come: no other has this number, and none is left out. */
    static Optional<Finding> attempt(AttemptId at, EpochView epoch) {
        if (epoch.ended()) {
            return found(Check.T24_LAST, "an attempt follows on the last record of its epoch");
        }
        return at.equals(epoch.next())
                ? Optional.empty()
                : found(Check.T20_ORDER, show(at) + " stands where " + show(epoch.next()) + " is to come");
    }

    private static Optional<Finding> link(Record record, EpochView epoch) {
        return record.prev().equals(epoch.prev())
                ? Optional.empty()
                : found(
                        Check.T22_LINKS,
                        show(record.at()) + " follows on " + record.prev() + ", the last link is " + epoch.prev());
    }

    private static Optional<Finding> time(Record record, long lastTimeMillis) {
        return record.timeMillis() > lastTimeMillis
                ? Optional.empty()
                : found(
                        Check.T23_TIME,
                        show(record.at()) + " has time " + record.timeMillis() + " ms, the link before it "
                                + lastTimeMillis + " ms");
    }

    /** A wish of a server may end an epoch early; at the policy's length it must end. */
    private static Optional<Finding> last(Record record, EpochView epoch) {
        int most = epoch.opened().policy().epochRounds();
        return record.last() || record.at().round() < most
                ? Optional.empty()
                : found(Check.T24_LAST, show(record.at()) + " is not the last, epochs have " + most + " rounds");
    }

    private static Optional<Finding> participants(Record record, EpochView epoch) {
        ByteString participants = record.participants();
        if (participants.size() != epoch.enrolledCount()) {
            return found(
                    Check.T40_PARTICIPANTS,
                    show(record.at()) + " has " + participants.size() + " entries for " + epoch.enrolledCount()
                            + " enrolled members");
        }
        for (int i = 0; i < participants.size(); i++) {
            int server = participants.at(i) & 0xff;
            if (server > epoch.serverCount()) {
                return found(
                        Check.T40_PARTICIPANTS,
                        show(record.at()) + ": member " + i + " is attached to server " + server);
            }
            if (server != 0 && !epoch.isConfirmed(i)) {
                return found(
                        Check.T40_PARTICIPANTS,
                        show(record.at()) + ": member " + i + " takes part and is not confirmed");
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> late(Record record, EpochView epoch) {
        int previous = -1;
        for (int index : record.confirmed()) {
            if (index <= previous || index >= epoch.enrolledCount() || epoch.isConfirmed(index)) {
                return found(
                        Check.T43_LATE,
                        show(record.at()) + " lists member " + index
                                + " as confirmed late: out of order, not enrolled or confirmed before");
            }
            previous = index;
        }
        return Optional.empty();
    }

    private static Optional<Finding> expectedNext(Record record, EpochView epoch) {
        ByteString expected = record.expectedNext();
        if (!BitSets.isOver(expected, epoch.enrolledCount())) {
            return found(
                    Check.T42_EXPECTED, show(record.at()) + ": the expected are no bit set over the enrolled members");
        }
        ByteString confirmed = withLate(epoch, record);
        if (!isWithin(RoundPlan.participantBits(record.participants()), expected)) {
            return found(Check.T42_EXPECTED, show(record.at()) + ": a participant is not among the next expected");
        }
        return isWithin(expected, confirmed)
                ? Optional.empty()
                : found(Check.T42_EXPECTED, show(record.at()) + " expects a member that is not confirmed");
    }

    private static Optional<Finding> floor(Record record, EpochView epoch) {
        Policy policy = epoch.opened().policy();
        ByteString participants = RoundPlan.participantBits(record.participants());
        return Floor.isReached(participants, epoch.expected(), policy)
                ? Optional.empty()
                : found(
                        Check.T41_FLOOR,
                        show(record.at()) + " was revealed with "
                                + BitSets.count(BitSets.and(participants, epoch.expected())) + " of "
                                + BitSets.count(epoch.expected()) + " expected members, the floor is "
                                + Floor.required(epoch.expected(), policy));
    }

    /** The confirmed members from this record on. */
    static ByteString withLate(EpochView epoch, Record record) {
        return BitSets.or(epoch.confirmed(), BitSets.of(epoch.enrolledCount(), record.confirmed()));
    }

    /** Whether every member of {@code part} is in {@code whole}. */
    static boolean isWithin(ByteString part, ByteString whole) {
        return BitSets.and(part, whole).equals(part);
    }

    private static Optional<Finding> output(Record record, ByteString output, EpochView epoch) {
        int size = epoch.layout().totalBytes();
        if (output.size() != size) {
            return found(
                    Check.T44_OUTPUT,
                    show(record.at()) + " has an output of " + output.size() + " bytes, the layout has " + size);
        }
        return TreeHash.rootOfChunks(output.unsafeArray()).equals(record.outputRoot())
                ? Optional.empty()
                : found(Check.T44_OUTPUT, show(record.at()) + ": the output is not the one that the record names");
    }

    private static Optional<Finding> shares(Record record, EpochView epoch) {
        int servers = epoch.serverCount();
        for (List<ByteString> each : List.of(record.commitments(), record.nonces(), record.shareRoots())) {
            if (each.size() != servers || each.stream().anyMatch(value -> value.size() != Hash.SIZE)) {
                return found(
                        Check.T45_SHARES_NAMED,
                        show(record.at()) + " does not have a commitment, nonce and share of each of " + servers
                                + " servers");
            }
        }
        return record.inventories().size() == Hash.SIZE && record.headerRoot().size() == Hash.SIZE
                ? Optional.empty()
                : found(Check.T45_SHARES_NAMED, show(record.at()) + ": a hash has another size than 32 bytes");
    }

    /** Neither late records nor verdicts can stand in this version's transcripts: a record that names one cannot be checked. */
    private static Optional<Finding> entered(Record record) {
        return record.entered().isEmpty() && record.verdicts().isEmpty()
                ? Optional.empty()
                : found(
                        Check.T47_ENTERED,
                        show(record.at()) + " enters " + record.entered().size() + " late records and "
                                + record.verdicts().size() + " verdicts that are not in the transcript");
    }

    static String show(AttemptId at) {
        return "epoch " + at.epoch() + " round " + at.round() + " attempt " + at.attempt();
    }

    private static Optional<Finding> found(Check check, String what) {
        return Optional.of(check.finding(what));
    }
}
