package org.plainsong.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.transcript.Finding;
import org.plainsong.core.transcript.RoundView;
import org.plainsong.core.transcript.SetupBundleCodec;
import org.plainsong.core.transcript.SetupChecks;
import org.plainsong.core.transcript.ShareAudit;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.FormatException;

/** What lies beside the entries: shares of rounds and bundles of setups (protocol §8). */
final class BlobChecks {
    /** Most bytes of a share: a round's. */
    private static final int MOST_SHARE = 1 << 24;
    /** Most bytes of a setup bundle: the lists of 4,096 members with 3 names. */
    private static final int MOST_BUNDLE = 1 << 29;

    private final TranscriptSource source;
    private final Tally tally;
    private final long nowMillis;

    BlobChecks(TranscriptSource source, Tally tally, long nowMillis) {
        this.source = source;
        this.tally = tally;
        this.nowMillis = nowMillis;
    }

    /** Checks the shares of a round. Any thread. */
    void shares(RoundView round) {
        List<Optional<ByteString>> shares = new ArrayList<>();
        String where = "epoch " + round.record().message().at().epoch() + " round "
                + round.record().message().at().round();
        int missing = 0;
        for (ByteString root : round.record().message().shareRoots()) {
            Optional<ByteString> share = read(TranscriptFiles.blob(root), MOST_SHARE, where, Check.T50_SHARES);
            missing += share.isEmpty() ? 1 : 0;
            shares.add(share);
        }
        for (int i = 0; i < missing; i++) {
            if (isRetentionOver(round)) {
                tally.excuse(Check.T50_SHARES);
                tally.excuse(Check.T51_COMMITMENTS);
            } else {
                tally.miss(Check.T50_SHARES, where, "a share is not there and its retention is not over");
                tally.miss(Check.T51_COMMITMENTS, where, "a share is not there and its retention is not over");
            }
        }
        List<Finding> findings = ShareAudit.findings(round, shares);
        findings.forEach(finding -> tally.fail(where, finding));
        if (findings.isEmpty()) {
            tally.hold(Check.T50_SHARES, shares.size() - missing);
            tally.hold(Check.T51_COMMITMENTS, shares.size() - missing);
        }
    }

    private boolean isRetentionOver(RoundView round) {
        Policy policy = round.before().opened().policy();
        return policy.retentionDays() > 0
                && nowMillis - round.record().message().timeMillis() > TimeUnit.DAYS.toMillis(policy.retentionDays());
    }

    /**
     * Checks the setup behind an opening record.
     *
     * @param before the chain before the opening record
     * @param opened the epoch that it opens
     * @param address body of its entry
     */
    void setup(Chain before, EpochView opened, ByteString address, SignatureCheck signatures) {
        String where = "epoch " + opened.opened().number();
        Optional<ByteString> bundle = address.isEmpty()
                ? Optional.empty()
                : read(TranscriptFiles.blob(address), MOST_BUNDLE, where, Check.T69_OPENED);
        if (bundle.isEmpty()) {
            SetupChecks.all().forEach(check -> tally.miss(check, where, "the setup bundle is not there"));
            return;
        }
        if (!TranscriptFiles.addressOf(bundle.get()).equals(address)) {
            tally.fail(Check.T69_OPENED, where, "the setup bundle is not the one named");
            return;
        }
        try {
            Optional<Finding> finding =
                    SetupChecks.finding(SetupBundleCodec.decode(bundle.get()), before, opened.opened(), signatures);
            finding.ifPresentOrElse(found -> tally.fail(where, found), () -> tally.hold(SetupChecks.all()));
        } catch (FormatException e) {
            tally.fail(Check.T2_ENCODING, where, "setup bundle: " + e.getMessage());
        }
    }

    private Optional<ByteString> read(String path, int most, String where, Check check) {
        try {
            return source.read(path, most);
        } catch (TranscriptSource.TooLargeException e) {
            tally.fail(check, where, String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
