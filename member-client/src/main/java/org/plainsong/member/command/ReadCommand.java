package org.plainsong.member.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.MemberReading;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plainsong member read}. */
@Command(
        name = "read",
        description = "Show the posts and private texts in the profile, oldest first. Works beside a running member.",
        footer = {"", "Example:  plainsong member read --json"})
final class ReadCommand implements Callable<Integer> {
    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Vault.Look look = profile.look();
        GroupId group = profile.choose(List.copyOf(look.profile().groups().keySet()));
        MemberSnapshot snapshot = MemberReading.of(look.profile(), group);
        snapshot.posts().forEach(p -> output.report().line(Shown.line(p)));
        snapshot.privateTexts().forEach(t -> output.report().line(Shown.line(t)));
        List<Map<String, Object>> all = new ArrayList<>();
        snapshot.posts().forEach(p -> all.add(Shown.post(p)));
        snapshot.privateTexts().forEach(t -> all.add(Shown.privateText(t)));
        output.report().result(all);
        return 0;
    }
}
