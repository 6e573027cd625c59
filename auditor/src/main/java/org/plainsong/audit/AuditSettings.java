package org.plainsong.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What an audit is told besides group and sources.
 *
 * @param nowMillis the auditor's clock, Unix milliseconds: decides whether a share's retention is over
 * @param maxAge a last record older than this makes the audit stale; nothing to ask for no age
 * @param progress hears now and then how many entries of how many have been checked; of -1 if it is not known
 */
public record AuditSettings(long nowMillis, Optional<Duration> maxAge, BiConsumer<Long, Long> progress) {
    /** Settings that ask for no age and show no progress. */
    public static AuditSettings at(long nowMillis) {
        return new AuditSettings(nowMillis, Optional.empty(), (done, of) -> {});
    }
}
