package org.plainsong.core.transcript;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/** A failed record: one <em>failed</em> of each server (protocol §4.2, §5.5). */
final class FailedRules {
    private FailedRules() {}

    static Optional<Finding> problem(List<Signed<Failed>> statements, EpochView epoch, SignatureCheck check) {
        if (statements.size() != epoch.serverCount()) {
            return found(statements.size() + " statements of " + epoch.serverCount() + " servers");
        }
        for (int i = 0; i < statements.size(); i++) {
            int server = i + 1;
            Signed<Failed> statement = statements.get(i);
            Failed failed = statement.message();
            Optional<Finding> problem = RecordRules.attempt(failed.at(), epoch)
                    .or(() -> said(failed, server, epoch))
                    .or(() -> ServerSignatures.ofOne(
                            statement, server, epoch.opened().roster(), check));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> said(Failed failed, int server, EpochView epoch) {
        if (failed.server() != server) {
            return found("statement " + server + " is of server " + failed.server());
        }
        if (!failed.prev().equals(epoch.prev())) {
            return Optional.of(Check.T22_LINKS.finding("the failed of server " + server + " for "
                    + RecordRules.show(failed.at()) + " follows on " + failed.prev() + ", the last link is "
                    + epoch.prev()));
        }
        boolean without = failed.inventories().isEmpty();
        boolean shaped = without
                ? failed.participants().isEmpty() && failed.expectedNext().isEmpty() && !failed.revealed()
                : failed.inventories().size() == Hash.SIZE
                        && failed.participants().size() == epoch.enrolledCount()
                        && BitSets.isOver(failed.expectedNext(), epoch.enrolledCount());
        return shaped
                ? Optional.empty()
                : found("the failed of server " + server
                        + " names inventories, participants and expected that do not fit");
    }

    private static Optional<Finding> found(String what) {
        return Optional.of(Check.T46_FAILED.finding(what));
    }
}
