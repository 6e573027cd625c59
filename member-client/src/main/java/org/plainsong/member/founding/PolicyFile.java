package org.plainsong.member.founding;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.group.GroupProblem;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.wire.FormatException;

/** A group's rules as a text file: TOML with one {@code name = value} a line, each with its unit, default and meaning above it. */
public final class PolicyFile {
    private PolicyFile() {}

    /** The text for this policy. */
    public static String text(Policy policy) {
        StringBuilder text = new StringBuilder("# The rules of a group. What is left out has its default.\n");
        for (PolicyField field : PolicyField.values()) {
            text.append("\n# ").append(field.meaning()).append('\n');
            text.append("# ").append(field.unit()).append(", default ").append(shown(field, field.standard()));
            if (!field.isTruth()) {
                text.append(", from ").append(field.least()).append(" to ").append(field.most());
            }
            text.append('\n').append(field.key()).append(" = ");
            text.append(shown(field, field.in(policy))).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads a policy.
     *
     * @throws FormatException naming the line and what is wrong with it, or the rule that the values break
     */
    public static Policy parse(String text) throws FormatException {
        Map<String, PolicyField> known = new HashMap<>();
        for (PolicyField field : PolicyField.values()) {
            known.put(field.key(), field);
        }
        Map<PolicyField, Integer> values = new EnumMap<>(PolicyField.class);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutComment(lines.get(i));
            if (!line.isEmpty()) {
                set("line " + (i + 1), line, known, values);
            }
        }
        Policy policy = PolicyDefaults.policy();
        for (Map.Entry<PolicyField, Integer> value : values.entrySet()) {
            policy = PolicyRules.with(policy, value.getKey(), value.getValue());
        }
        List<GroupProblem> problems = PolicyRules.problems(policy);
        if (!problems.isEmpty()) {
            throw new FormatException("policy", problems.get(0).text());
        }
        return policy;
    }

    private static void set(String where, String line, Map<String, PolicyField> known, Map<PolicyField, Integer> values)
            throws FormatException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new FormatException(where, "not of the form name = value");
        }
        String key = line.substring(0, equals).strip();
        PolicyField field = known.get(key);
        if (field == null) {
            throw new FormatException(where, "no rule is called " + key);
        }
        if (values.putIfAbsent(
                        field, value(where, field, line.substring(equals + 1).strip()))
                != null) {
            throw new FormatException(where, key + " stands here a second time");
        }
    }

    private static int value(String where, PolicyField field, String text) throws FormatException {
        if (field.isTruth()) {
            return switch (text) {
                case "true" -> 1;
                case "false" -> 0;
                default -> throw new FormatException(where, field.key() + " is true or false, not " + text);
            };
        }
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new FormatException(where, field.key() + " is a number of " + field.unit() + ", not " + text);
        }
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return (hash < 0 ? line : line.substring(0, hash)).strip();
    }

    private static String shown(PolicyField field, int value) {
        return field.isTruth() ? String.valueOf(value == 1) : String.valueOf(value);
    }
}
