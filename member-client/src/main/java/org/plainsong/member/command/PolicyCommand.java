package org.plainsong.member.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.member.founding.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plainsong group policy}. */
@Command(
        name = "policy",
        description =
                "Print the rules that a group can set, each with its unit, default and meaning, as a file to edit.",
        footer = {"", "Example:  plainsong group policy > policy.toml"})
final class PolicyCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        output.report().line(PolicyFile.text(PolicyDefaults.policy()).stripTrailing());
        Map<String, Integer> values = new LinkedHashMap<>();
        for (PolicyField field : PolicyField.values()) {
            values.put(field.key(), field.standard());
        }
        output.report().result(values);
        return 0;
    }
}
