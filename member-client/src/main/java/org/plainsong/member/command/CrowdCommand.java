package org.plainsong.member.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.member.control.ControlRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code plainsong member crowd}. */
@Command(
        name = "crowd",
        description = "Tell among how many people a post would hide now. Asks the member that runs.",
        footer = {"", "Example:  plainsong member crowd"})
final class CrowdCommand implements Callable<Integer> {
    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        String status = Handover.require(profile, profile.look(), new ControlRequest.Status());
        JsonNode shown = JsonMapper.shared().readTree(status);
        output.report().line(shown.get("text").asString());
        output.report()
                .line("You are one of " + shown.get("expected").asInt() + " here now; a round is revealed with "
                        + shown.get("floor").asInt() + " of them at least (your minimum: "
                        + shown.get("minimum").asInt() + ").");
        String holding = shown.get("holding").asString();
        if (!holding.isEmpty()) {
            output.report().line("Posts wait " + holding + ".");
        }
        if (shown instanceof ObjectNode object) {
            object.remove("outbox");
        }
        output.report().result(shown);
        return 0;
    }
}
