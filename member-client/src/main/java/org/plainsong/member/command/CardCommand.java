package org.plainsong.member.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.member.MemberProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plainsong member card}. */
@Command(
        name = "card",
        description = "Print the card for the admins: your public keys, on one line.",
        footer = {"", "Example:  plainsong member card > me.card"})
final class CardCommand implements Callable<Integer> {
    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        String card = profile.look()
                .profile()
                .identity()
                .map(MemberProfile::cardOf)
                .orElseThrow(() -> CommandFailure.failed(
                        "this profile has no keys: its making was interrupted", "Remove it and make it again."))
                .text();
        output.report().line(card);
        output.report().result(Map.of("card", card));
        return 0;
    }
}
