package org.plainsong.audit;

import java.util.List;
import java.util.Locale;
import org.plainsong.core.transcript.Check;

/**
 * A report for programs; names and meaning of its fields do not change within one {@code schema} (docs/checks.md, "Report").
 *
 * @param schema 1
 * @param tool name and version
 * @param spec protocol that was checked
 * @param group group id in hex
 * @param result one word
 * @param exit exit status
 * @param oneLog comparison of the publications
 * @param sources one for each publication
 */
record JsonReport(
        int schema,
        String tool,
        String spec,
        String group,
        String result,
        int exit,
        JsonCheck oneLog,
        List<JsonSource> sources) {
    static final String SPEC = "plainsong-1";

    record JsonSource(
            String where,
            String origin,
            long checkpointSize,
            String checkpointRoot,
            SourceReport.Figures figures,
            String result,
            List<JsonCheck> checks) {}

    record JsonCheck(
            String id,
            String section,
            String title,
            String status,
            long checked,
            long failed,
            long missing,
            long pastRetention,
            List<CheckResult.Item> failures,
            List<CheckResult.Item> notChecked) {}

    static JsonReport of(AuditReport report, String version) {
        return new JsonReport(
                1,
                "plainsong audit " + version,
                SPEC,
                report.group().value().hex(),
                word(report.outcome()),
                report.outcome().exitCode(),
                check(report.oneLog()),
                report.sources().stream().map(JsonReport::source).toList());
    }

    private static JsonSource source(SourceReport source) {
        return new JsonSource(
                source.where(),
                source.origin().orElse(""),
                source.checkpoint().map(checkpoint -> checkpoint.size()).orElse(0L),
                source.checkpoint().map(checkpoint -> checkpoint.root().hex()).orElse(""),
                source.figures(),
                word(source.outcome()),
                source.checks().stream()
                        .filter(result -> result.check() != Check.T5_ONE_LOG)
                        .map(JsonReport::check)
                        .toList());
    }

    private static JsonCheck check(CheckResult result) {
        boolean nothing = result.checked() == 0 && result.excused() == 0 && result.missing() == 0;
        return new JsonCheck(
                result.check().id(),
                result.check().section(),
                result.check().title(),
                nothing ? "nothing" : word(result.outcome()),
                result.checked(),
                result.failed(),
                result.missing(),
                result.excused(),
                result.failures(),
                result.gaps());
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
