package org.plainsong.member.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.member.engine.Draft;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plainsong member post}. */
@Command(
        name = "post",
        description = "Put a post into the outbox; it goes out while a member runs from this profile.",
        footer = {"", "Example:  echo 'Pay talks: what next?' | plainsong member post --name new"})
final class PostCommand implements Callable<Integer> {
    @Option(
            names = "--reply",
            paramLabel = "ID",
            description = "The post that this one answers, for everybody to read.")
    private @Nullable String reply;

    @Option(names = "--board", paramLabel = "NAME", defaultValue = "", description = "The board it belongs to.")
    private String board = "";

    @Option(names = "--no-private-replies", description = "Carry no key for private replies.")
    private boolean noReplyKey;

    @Mixin
    private TextOptions text = new TextOptions();

    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        Draft draft = new Draft.NewPost(
                board,
                Optional.ofNullable(reply).map(ProfileOptions::contentId),
                text.text(),
                text.name(),
                !noReplyKey);
        return Saying.say(profile, output, draft);
    }
}
