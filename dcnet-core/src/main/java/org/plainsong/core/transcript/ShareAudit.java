package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Record;
import org.plainsong.core.round.RoundHashes;
import org.plainsong.core.round.RoundPlan;

/** The shares behind a record (protocol §5.4 step 3 to 5): each under its root, each as committed to, all together the output. */
public final class ShareAudit {
    private ShareAudit() {}

    /**
     * What is wrong with the shares of a round.
     *
     * @param round a round that the chain has accepted
     * @param shares by server number; nothing for one that is not there any more. Only with all of them is their sum checked.
     */
    public static List<Finding> findings(RoundView round, List<Optional<ByteString>> shares) {
        Record record = round.record().message();
        ByteString clear = clear(round);
        List<Finding> findings = new ArrayList<>();
        byte[] sum = new byte[round.output().size()];
        int present = 0;
        for (int i = 0; i < shares.size(); i++) {
            ByteString share = shares.get(i).orElse(null);
            if (share == null) {
                continue;
            }
            present++;
            one(record, i + 1, clear, share).ifPresent(findings::add);
            if (share.size() == sum.length) {
                addInto(sum, share.unsafeArray());
            }
        }
        if (findings.isEmpty()
                && present == record.shareRoots().size()
                && !ByteString.wrap(sum).equals(round.output())) {
            findings.add(Check.T50_SHARES.finding(
                    RecordRules.show(record.at()) + ": the shares together do not give the output"));
        }
        return findings;
    }

    private static Optional<Finding> one(Record record, int server, ByteString clear, ByteString share) {
        if (!TranscriptFiles.addressOf(share).equals(record.shareRoots().get(server - 1))) {
            return Optional.of(Check.T50_SHARES.finding(
                    RecordRules.show(record.at()) + ": the share of server " + server + " is not the one named"));
        }
        ByteString nonce = record.nonces().get(server - 1);
        ByteString opened = RoundHashes.commitment(record.at(), server, clear, nonce, share);
        return opened.equals(record.commitments().get(server - 1))
                ? Optional.empty()
                : Optional.of(Check.T51_COMMITMENTS.finding(RecordRules.show(record.at())
                        + ": the commitment of server " + server + " does not open to its share"));
    }

    /** {@code A} of the round's attempt, from the chain before it and from what the record says. */
    public static ByteString clear(RoundView round) {
        Record record = round.record().message();
        EpochView before = round.before();
        RoundPlan.Agreed agreed = new RoundPlan.Agreed(
                record.inventories(),
                record.participants(),
                record.expectedNext(),
                record.confirmed(),
                record.headerRoot(),
                record.last());
        return RoundHashes.clear(before.prev(), before.layout(), before.expected(), agreed);
    }

    private static void addInto(byte[] sum, byte[] share) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= share[i];
        }
    }
}
