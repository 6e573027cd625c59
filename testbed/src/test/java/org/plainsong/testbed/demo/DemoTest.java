package org.plainsong.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plainsong.commands.CommandRunner;
import org.plainsong.commands.Report;

/** The demo for real, small: three server processes, members over TLS, restarts, replies, audit. */
class DemoTest {
    /** Generous: a machine that builds may be busy with other things too. */
    private static final int SECONDS = 600;

    @TempDir
    private Path directory;

    @Test
    void postsArriveWholeRepliesOpenForTheirAuthorAloneAndTheAuditIsClean() throws Exception {
        StringWriter progress = new StringWriter();
        Report report = new Report(new PrintWriter(new StringWriter()), new PrintWriter(progress), false, false);
        List<String> texts = List.of("A first post.", "A longer one. ".repeat(900), "Schöne Grüße — 你好 🌿");

        DemoReport result = new Demo(report, directory.resolve("demo"), 4, 3, texts, SECONDS).run();

        assertThat(result.problems()).as("%s%n%s", result.lines(), progress).isEmpty();
        assertThat(result.good()).isTrue();
        // The three texts and the one that the restarted member writes after the server was killed.
        assertThat(result.posts()).hasSize(4);
        // Three members ask the author, the author answers each.
        assertThat(result.privateReplies()).isEqualTo(6);
        // The member's restart and the server's each make a new epoch.
        assertThat(result.epochs()).isGreaterThanOrEqualTo(2);
        assertThat(result.floor()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesWhatCannotBeDoneWithWhatToDoInstead() {
        StringWriter err = new StringWriter();

        int status = CommandRunner.run(
                new DemoCommand(), new PrintWriter(new StringWriter()), new PrintWriter(err), "--members", "1");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("--members 1 is not possible").contains("from 3 to 64");
    }
}
