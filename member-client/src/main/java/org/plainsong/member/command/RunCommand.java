package org.plainsong.member.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.Report;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.MemberHost;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.MemberRuntime;
import org.plainsong.member.control.ControlSocket;
import org.plainsong.member.engine.MemberEffect;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.net.DriverListener;
import org.plainsong.member.vault.VaultException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plainsong member run}. */
@Command(
        name = "run",
        description = "Stay in the rounds of the group until stopped, and show what arrives.",
        footer = {"", "Example:  plainsong member run --json-lines --passphrase-file secret.txt"})
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Option(names = "--json-lines", description = "Print each event as one line of JSON.")
    private boolean jsonLines;

    @Option(
            names = "--min-crowd",
            paramLabel = "N",
            description = "Hold posts while a round could be revealed with fewer people than this (default: the group's"
                    + " minimum). An unusual number can tell people apart.")
    private @Nullable Integer minimum;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (command == null) {
            throw new IllegalStateException("a command that was not parsed");
        }
        Report report =
                new Report(command.commandLine().getOut(), command.commandLine().getErr(), jsonLines, false);
        CompletableFuture<RuntimeException> broken = new CompletableFuture<>();
        OptionalInt ownMinimum = minimum == null ? OptionalInt.empty() : OptionalInt.of(minimum);
        try (MemberProfile open = profile.open();
                MemberHost host = new MemberHost(1, ProfileOptions.randomness())) {
            GroupId group = profile.choose(open.groups());
            try (MemberRuntime member = host.member(open, group, ownMinimum, new Printing(report, broken));
                    ControlSocket control = ControlSocket.listen(
                            profile.directory(),
                            open.controlKey(),
                            ProfileOptions.randomness(),
                            new Answering(member))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(member, control)));
                member.start();
                throw broken.get();
            }
        } catch (VaultException e) {
            throw ProfileOptions.failure(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ctrl-C, or the service manager: what was acknowledged is on disk anyway. */
    private static void stop(MemberRuntime member, ControlSocket control) {
        member.close();
        try {
            control.close();
        } catch (IOException e) {
            // What is left behind is found to be dead by the next process.
        }
    }

    /** Prints what happens. */
    private static final class Printing implements DriverListener {
        private final Report report;
        private final CompletableFuture<RuntimeException> broken;
        private Optional<MemberSnapshot.Connection> last = Optional.empty();

        Printing(Report report, CompletableFuture<RuntimeException> broken) {
            this.report = report;
            this.broken = broken;
        }

        @Override
        public void changed(MemberSnapshot snapshot) {
            MemberSnapshot.Connection now = snapshot.connection();
            if (last.map(l -> l.state() != now.state()).orElse(true)) {
                report.event("* " + now.text(), with("state", Shown.crowd(snapshot)));
            }
            last = Optional.of(now);
        }

        @Override
        public void post(MemberSnapshot.BoardPost post) {
            report.event(Shown.line(post), with("post", Shown.post(post)));
        }

        @Override
        public void privateText(MemberSnapshot.PrivateText text) {
            report.event(Shown.line(text), with("private", Shown.privateText(text)));
        }

        @Override
        public void notice(MemberEffect.Notice notice) {
            report.event("! " + notice.text(), with("notice", Map.of("kind", notice.kind(), "text", notice.text())));
        }

        @Override
        public void broken(RuntimeException bug) {
            broken.complete(bug);
        }

        private static Map<String, Object> with(String event, Map<String, ?> what) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", event);
            line.putAll(what);
            return line;
        }
    }
}
