package org.plainsong.member.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.MemberReading;
import org.plainsong.member.control.ControlRequest;
import org.plainsong.member.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code plainsong member outbox}. */
@Command(
        name = "outbox",
        description = "Show what waits to go out and where each item stands; take one back, or let a held one out.",
        footer = {"", "Example:  plainsong member outbox --json"})
final class OutboxCommand implements Callable<Integer> {
    @Option(names = "--cancel", paramLabel = "ID", description = "Take this item back, if no part of it has gone out.")
    private @Nullable String cancel;

    @Option(
            names = "--post-anyway",
            paramLabel = "ID",
            description = "Let this item out though it is held, where the group's rules allow it.")
    private @Nullable String anyway;

    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        Vault.Look look = profile.look();
        if (cancel != null) {
            Handover.require(profile, look, new ControlRequest.Cancel(ProfileOptions.contentId(cancel)));
        }
        if (anyway != null) {
            Handover.require(profile, look, new ControlRequest.PostAnyway(ProfileOptions.contentId(anyway)));
        }
        Optional<String> status = Handover.ask(profile, look, new ControlRequest.Status());
        if (status.isPresent()) {
            show(JsonMapper.shared().readTree(status.get()).get("outbox"));
        } else {
            GroupId group = profile.choose(List.copyOf(look.profile().groups().keySet()));
            List<Map<String, Object>> items = MemberReading.of(look.profile(), group).outbox().stream()
                    .map(Shown::outbox)
                    .toList();
            show(JsonMapper.shared().valueToTree(items));
        }
        return 0;
    }

    private void show(JsonNode items) {
        for (JsonNode item : items) {
            output.report()
                    .line(item.get("id").asString() + "  " + item.get("what").asString() + "  "
                            + item.get("detail").asString());
        }
        output.report().result(items);
    }
}
