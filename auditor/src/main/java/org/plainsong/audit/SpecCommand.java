package org.plainsong.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.plainsong.commands.ExitCode;
import org.plainsong.commands.OutputOptions;
import org.plainsong.commands.Report;
import org.plainsong.core.transcript.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plainsong audit spec}: the checks by number. */
@Command(
        name = "spec",
        description = "Lists the checks: number, section of docs/protocol.md, what is checked.",
        footerHeading = "%nExample:%n",
        footer = "  plainsong audit spec --json")
final class SpecCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions output = new OutputOptions();

    /** One check for programs. */
    record Listed(String id, String section, String title) {}

    @Override
    public Integer call() {
        Report report = output.report();
        for (Check check : Check.values()) {
            report.line(String.format(Locale.ROOT, "%-4s %-5s %s", check.id(), check.section(), check.title()));
        }
        report.result(Arrays.stream(Check.values())
                .map(check -> new Listed(check.id(), check.section(), check.title()))
                .toList());
        return ExitCode.OK;
    }
}
