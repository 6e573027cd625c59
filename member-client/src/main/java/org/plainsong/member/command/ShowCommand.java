package org.plainsong.member.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterMember;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FormatException;
import org.plainsong.member.founding.Founding;
import org.plainsong.member.founding.GroupDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plainsong group show}. */
@Command(
        name = "show",
        description = "Show a group: its id, servers, members and rules, and whose signatures are missing.",
        footer = {"", "Example:  plainsong group show DIR --json"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|FILE", description = "Directory of the group's files, or a definition.")
    private Path where = Path.of("");

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        try {
            boolean directory = Files.isDirectory(where);
            Signed<GroupDefinition> definition = directory
                    ? new GroupDirectory(where).definition()
                    : GroupDirectory.read(where, GroupDefinition.class);
            List<String> missing = Founding.missing(definition).stream()
                    .map(k -> k.value().hex())
                    .toList();
            boolean counts = Founding.definitionProblem(definition).isEmpty();
            List<RosterMember> members = directory && counts
                    ? List.copyOf(new GroupDirectory(where).roster().members().values())
                    : List.of();
            lines(definition, missing, members);
            output.report().result(result(definition, missing, counts, members));
            return 0;
        } catch (FormatException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()), "Ask for the file again.", e);
        }
    }

    private void lines(Signed<GroupDefinition> signed, List<String> missing, List<RosterMember> members) {
        GroupDefinition definition = signed.message();
        output.report()
                .line("Group " + definition.name() + "  "
                        + Roster.groupId(signed).value().hex());
        for (ServerEntry server : definition.servers()) {
            output.report().line("  server " + server.name() + "  " + server.operator() + "  " + server.url());
        }
        for (PolicyField field : PolicyField.values()) {
            output.report()
                    .line("  " + field.key() + " = " + field.in(definition.policy()) + "  (" + field.unit() + ")");
        }
        members.forEach(
                m -> output.report().line("  member " + m.id().value().hex() + "  " + m.name() + "  " + m.state()));
        if (!missing.isEmpty()) {
            output.report().line("Signatures are missing of: " + String.join(", ", missing));
        }
    }

    private static Map<String, Object> result(
            Signed<GroupDefinition> signed, List<String> missing, boolean counts, List<RosterMember> members) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("group", Roster.groupId(signed).value().hex());
        shown.put("name", signed.message().name());
        shown.put("purpose", signed.message().purpose());
        shown.put("counts", counts);
        shown.put("missing", missing);
        shown.put("threshold", signed.message().threshold());
        List<Map<String, String>> servers = new ArrayList<>();
        signed.message()
                .servers()
                .forEach(s -> servers.add(Map.of(
                        "name",
                        s.name(),
                        "operator",
                        s.operator(),
                        "url",
                        s.url(),
                        "key",
                        s.key().value().hex())));
        shown.put("servers", servers);
        Map<String, Integer> policy = new LinkedHashMap<>();
        for (PolicyField field : PolicyField.values()) {
            policy.put(field.key(), field.in(signed.message().policy()));
        }
        shown.put("policy", policy);
        List<Map<String, String>> people = new ArrayList<>();
        members.forEach(m -> people.add(Map.of(
                "id", m.id().value().hex(), "name", m.name(), "state", m.state().name())));
        shown.put("members", people);
        return shown;
    }
}
