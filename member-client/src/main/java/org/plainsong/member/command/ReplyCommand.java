package org.plainsong.member.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.member.engine.Draft;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plainsong member reply --private}. */
@Command(
        name = "reply",
        description = "Answer a post or a private text; with --private only its author can read the answer.",
        footer = {"", "Example:  echo 'Thank you' | plainsong member reply --private 0123456789abcdef0123456789abcdef"})
final class ReplyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "What is answered, as plainsong member read shows it.")
    private @Nullable String id;

    @Option(names = "--private", description = "Seal the answer to the author. They do not learn who you are.")
    private boolean sealed;

    @Mixin
    private TextOptions text = new TextOptions();

    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        var to = ProfileOptions.contentId(String.valueOf(id));
        Draft draft = sealed
                ? new Draft.PrivateReply(to, text.text(), text.name())
                : new Draft.NewPost("", java.util.Optional.of(to), text.text(), text.name(), true);
        return Saying.say(profile, output, draft);
    }
}
