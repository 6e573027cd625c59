package org.plainsong.core.group;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/** The rules of a definition, and the roster it begins (protocol §3). */
final class Genesis {
    private static final int MAX_NAME = 100;
    private static final int MAX_PURPOSE = 1000;

    private Genesis() {}

    static RosterOutcome of(Signed<GroupDefinition> signed, SignatureCheck check) {
        GroupDefinition definition = signed.message();
        GroupId id = Roster.groupId(signed);
        RosterDraft draft = RosterDraft.empty(id, definition.policy());
        Optional<GroupProblem> problem = textProblem(definition)
                .or(() -> PolicyRules.problems(definition.policy()).stream().findFirst())
                .or(() -> adminsProblem(definition, draft))
                .or(() -> serversProblem(definition, draft))
                .or(() -> Signatories.problem(
                        signed,
                        keysOfAdmins(definition),
                        definition.threshold(),
                        definition.servers().stream().map(ServerEntry::key).toList(),
                        check));
        return problem.<RosterOutcome>map(RosterOutcome.Refused::new)
                .orElseGet(() -> new RosterOutcome.Accepted(new Roster(id, definition, 0, id.value(), draft)));
    }

    private static Set<PublicKey> keysOfAdmins(GroupDefinition definition) {
        Set<PublicKey> keys = new HashSet<>();
        definition.admins().forEach(admin -> keys.add(admin.key()));
        return keys;
    }

    private static Optional<GroupProblem> textProblem(GroupDefinition definition) {
        return Names.problem("the group's name", definition.name(), 1, MAX_NAME, false)
                .or(() -> Names.problem("the group's purpose", definition.purpose(), 0, MAX_PURPOSE, true));
    }

    private static Optional<GroupProblem> adminsProblem(GroupDefinition definition, RosterDraft draft) {
        List<Admin> admins = definition.admins();
        for (int i = 1; i < admins.size(); i++) {
            if (admins.get(i - 1).key().compareTo(admins.get(i).key()) >= 0) {
                return Optional.of(new GroupProblem(
                        GroupProblem.Rule.ADMIN,
                        "the admins do not stand in ascending order of their keys, each once"));
            }
        }
        for (Admin admin : admins) {
            Optional<GroupProblem> problem = draft.putAdmin(admin);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return draft.setThreshold(definition.threshold());
    }

    private static Optional<GroupProblem> serversProblem(GroupDefinition definition, RosterDraft draft) {
        for (ServerEntry server : definition.servers()) {
            Optional<GroupProblem> problem = draft.putServer(server);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return draft.tooFewServers();
    }
}
