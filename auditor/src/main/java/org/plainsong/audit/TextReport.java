package org.plainsong.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plainsong.core.transcript.Check;

/** A report as lines for people: each check by its number, what was checked and how many, then the end in one line. */
final class TextReport {
    private static final int TITLE_WIDTH = 92;
    private static final int ITEMS_SHOWN = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TextReport() {}

    static List<String> lines(AuditReport report, String version) {
        List<String> lines = new ArrayList<>();
        lines.add("plainsong audit " + version + " (spec " + JsonReport.SPEC + ")  group "
                + report.group().value().hex());
        for (SourceReport source : report.sources()) {
            addSource(lines, source);
        }
        if (report.sources().size() > 1) {
            addCheck(lines, report.oneLog());
        }
        lines.add("Result: " + report.outcome().word() + explain(report));
        return lines;
    }

    private static void addSource(List<String> lines, SourceReport source) {
        SourceReport.Figures f = source.figures();
        lines.add("");
        lines.add(source.where()
                + source.origin().map(origin -> "  (" + origin + ")").orElse(""));
        lines.add("  " + f.entries() + " entries: " + f.epochs() + " epochs, " + f.rounds() + " rounds, "
                + f.failedAttempts() + " failed attempts; " + f.servers() + " servers, " + f.members() + " members"
                + (f.lastMillis() == 0 ? "" : "; last record " + TIME.format(Instant.ofEpochMilli(f.lastMillis()))));
        lines.add("  open slots: " + f.validFrames() + " signed, " + f.silentFrames() + " silent, " + f.garbledFrames()
                + " garbled");
        for (CheckResult check : source.checks()) {
            if (check.check() != Check.T5_ONE_LOG) {
                addCheck(lines, check);
            }
        }
        lines.add("");
    }

    private static void addCheck(List<String> lines, CheckResult result) {
        String head = "  " + String.format(Locale.ROOT, "%-4s", result.check().id())
                + result.check().title() + " ";
        String dots = ".".repeat(Math.max(3, TITLE_WIDTH - head.length()));
        lines.add(head + dots + " " + status(result));
        addItems(lines, result.failures(), "      ", result.failed());
        addItems(lines, result.gaps(), "      not checked: ", result.missing());
    }

    private static String status(CheckResult result) {
        if (result.failed() > 0) {
            return "FAIL  " + result.failed() + " of " + result.checked();
        }
        if (result.missing() > 0) {
            return "not complete  " + result.checked() + " ok, " + result.missing() + " not checked";
        }
        String excused = result.excused() == 0 ? "" : ", " + result.excused() + " past retention";
        return result.checked() == 0 && result.excused() == 0
                ? "-     nothing to check"
                : "ok    " + result.checked() + excused;
    }

    private static void addItems(List<String> lines, List<CheckResult.Item> items, String lead, long count) {
        items.stream().limit(ITEMS_SHOWN).forEach(item -> lines.add(lead + item.where() + ": " + item.what()));
        if (count > ITEMS_SHOWN) {
            lines.add(lead + "… and " + (count - Math.min(ITEMS_SHOWN, items.size())) + " more (--json shows up to "
                    + CheckResult.MOST_ITEMS + ")");
        }
    }

    private static String explain(AuditReport report) {
        return switch (report.outcome()) {
            case PASSED -> "  every check holds";
            case STALE -> "  every check holds, but the last record is older than was asked for";
            case INCOMPLETE -> "  nothing wrong was found, but not everything could be checked: see \"not checked\"";
            case POLICY_NOT_MET -> "  signatures that the policy asks for are missing";
            case FAILED -> "  this is not a correct transcript: keep a copy, and ask each server for its own";
            case SPLIT_VIEW -> "  servers show different histories: keep copies of both, and tell the admins in person";
        };
    }
}
