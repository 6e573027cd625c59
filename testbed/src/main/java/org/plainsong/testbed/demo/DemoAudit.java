package org.plainsong.testbed.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.audit.Audit;
import org.plainsong.audit.AuditReport;
import org.plainsong.audit.AuditSettings;
import org.plainsong.audit.CheckResult;
import org.plainsong.audit.GroupReference;
import org.plainsong.audit.Outcome;
import org.plainsong.audit.SourceReport;
import org.plainsong.audit.source.DirectorySource;
import org.plainsong.audit.source.HttpsSource;
import org.plainsong.audit.source.TranscriptSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.wire.FormatException;
import org.plainsong.testbed.local.LocalGroup;

/**
 * The audit of the demo's group: over HTTPS from every server that runs, compared with each other, and from a saved copy.
 *
 * @param epochs opening records of the saved copy
 * @param rounds its records
 * @param failed its failed records
 * @param lines one for each audit
 * @param problems what did not hold
 */
record DemoAudit(long epochs, long rounds, long failed, List<String> lines, List<String> problems) {
    static DemoAudit of(LocalGroup group, Path transcript) throws IOException {
        GroupReference reference = reference(group.definitionFile());
        List<TranscriptSource> servers = new ArrayList<>();
        for (ServerEntry server : reference.servers()) {
            ServerUrl url = ServerUrl.parse(server.url()).orElseThrow();
            servers.add(new HttpsSource(url, group.id(), Optional.of(server.tlsPin())));
        }
        List<String> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        AuditReport live = Audit.of(reference, servers, AuditSettings.at(System.currentTimeMillis()));
        judge("over HTTPS from " + servers.size() + " servers", live, lines, problems);
        group.servers().get(0).export(transcript);
        AuditReport saved = Audit.of(
                reference, List.of(new DirectorySource(transcript)), AuditSettings.at(System.currentTimeMillis()));
        judge("of the saved transcript", saved, lines, problems);
        SourceReport.Figures figures = saved.sources().get(0).figures();
        return new DemoAudit(figures.epochs(), figures.rounds(), figures.failedAttempts(), lines, problems);
    }

    private static GroupReference reference(Path file) throws IOException {
        try {
            return GroupReference.ofDefinition(ByteString.wrap(Files.readAllBytes(file)));
        } catch (FormatException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void judge(String what, AuditReport report, List<String> lines, List<String> problems) {
        long checked = report.sources().stream()
                .flatMap(source -> source.checks().stream())
                .mapToLong(CheckResult::checked)
                .sum();
        lines.add(what + ": " + report.outcome().word() + ", " + checked + " things checked");
        if (report.outcome() != Outcome.PASSED) {
            problems.add("the audit " + what + " ended with " + report.outcome().word());
            for (SourceReport source : report.sources()) {
                for (CheckResult check : source.checks()) {
                    check.failures().stream().limit(3).forEach(item -> problems.add(check.check() + ": " + item));
                    check.gaps().stream()
                            .limit(3)
                            .forEach(item -> problems.add(check.check() + " not checked: " + item));
                }
            }
        }
    }
}
