package org.plainsong.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.transcript.Checkpoint;

/**
 * What an audit of one publication found.
 *
 * @param where path or URL
 * @param origin the log's origin, if its checkpoint could be read
 * @param figures what the transcript holds
 * @param checks every check, in order
 * @param checkpoint the signed checkpoint, if its signature holds
 * @param roots root of the log at the sizes that were asked for
 * @param outcome how it ends
 */
public record SourceReport(
        String where,
        Optional<String> origin,
        Figures figures,
        List<CheckResult> checks,
        Optional<Checkpoint> checkpoint,
        Map<Long, ByteString> roots,
        Outcome outcome) {
    /** Copies the collections. */
    public SourceReport {
        checks = List.copyOf(checks);
        roots = Map.copyOf(roots);
    }

    /**
     * What the transcript holds.
     *
     * @param entries entries read and accepted
     * @param epochs opening records
     * @param rounds certified rounds
     * @param failedAttempts failed records
     * @param servers servers at the end
     * @param members members that are not removed, at the end
     * @param validFrames open slots whose signature is good
     * @param silentFrames open slots that carried nothing
     * @param garbledFrames open slots that are neither
     * @param lastMillis time of the last record, Unix milliseconds, 0 if there is none
     */
    public record Figures(
            long entries,
            long epochs,
            long rounds,
            long failedAttempts,
            int servers,
            int members,
            long validFrames,
            long silentFrames,
            long garbledFrames,
            long lastMillis) {}
}
