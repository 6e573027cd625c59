package org.plainsong.core.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.message.Policy;

/** What makes a policy sane, and policies from named values (protocol §3). */
public final class PolicyRules {
    /** Shortest length class in bytes; every class is this times a power of two (protocol §5.1). */
    private static final int SMALLEST_CLASS = 256;

    private PolicyRules() {}

    /** The policy with these values, and the default for each one that is not named. Says nothing of its being sane: {@link #problems} does. */
    public static Policy of(Map<PolicyField, Integer> values) {
        int[] all = Arrays.stream(PolicyField.values())
                .mapToInt(field -> values.getOrDefault(field, field.standard()))
                .toArray();
        return fromOrdered(all);
    }

    /** The policy with one value changed. */
    public static Policy with(Policy policy, PolicyField field, int value) {
        Map<PolicyField, Integer> values = values(policy);
        values.put(field, value);
        return of(values);
    }

    /** All values of a policy, in the order of the fields. */
    public static Map<PolicyField, Integer> values(Policy policy) {
        Map<PolicyField, Integer> values = new EnumMap<>(PolicyField.class);
        for (PolicyField field : PolicyField.values()) {
            values.put(field, field.in(policy));
        }
        return values;
    }

    /** Everything that is wrong with a policy, each naming the value, its unit and what is allowed; nothing if it is sane. */
    public static List<GroupProblem> problems(Policy policy) {
        List<GroupProblem> problems = new ArrayList<>();
        for (PolicyField field : PolicyField.values()) {
            int value = field.in(policy);
            if (value < field.least() || value > field.most()) {
                problems.add(problem(show(field, policy) + ", must be " + field.least() + " to " + field.most()));
            }
        }
        requireClass(problems, policy, PolicyField.MAX_SLOT_BYTES);
        requireClass(problems, policy, PolicyField.DEFAULT_SLOT_BYTES);
        requireOrder(problems, policy, PolicyField.DEFAULT_SLOT_BYTES, PolicyField.MAX_SLOT_BYTES);
        requireOrder(problems, policy, PolicyField.MAX_SLOT_BYTES, PolicyField.MAX_ROUND_BYTES);
        requireOrder(problems, policy, PolicyField.ACTIVE_INTERVAL_MILLIS, PolicyField.IDLE_INTERVAL_MILLIS);
        requireOrder(problems, policy, PolicyField.MIN_EPOCH_ROUNDS, PolicyField.EPOCH_ROUNDS);
        return List.copyOf(problems);
    }

    private static void requireClass(List<GroupProblem> problems, Policy policy, PolicyField field) {
        int value = field.in(policy);
        if (value >= SMALLEST_CLASS && Integer.bitCount(value) != 1) {
            problems.add(problem(show(field, policy) + ", must be 256 times a power of two (256, 512, 1024, …)"));
        }
    }

    private static void requireOrder(
            List<GroupProblem> problems, Policy policy, PolicyField smaller, PolicyField larger) {
        if (smaller.in(policy) > larger.in(policy)) {
            problems.add(problem(show(smaller, policy) + ", must not be above " + show(larger, policy)));
        }
    }

    private static String show(PolicyField field, Policy policy) {
        return field.key() + " = " + field.in(policy) + " " + field.unit();
    }

    private static GroupProblem problem(String text) {
        return new GroupProblem(GroupProblem.Rule.POLICY, text);
    }

    private static Policy fromOrdered(int[] v) {
        return new Policy(
                v[0],
                v[1],
                v[2],
                v[3],
                v[4],
                v[5],
                v[6],
                v[7],
                v[8],
                v[9],
                v[10],
                v[11],
                v[12],
                v[13],
                v[14],
                v[15],
                v[16],
                v[17],
                v[18],
                v[19],
                v[20],
                v[21],
                v[22] != 0,
                v[23] != 0);
    }
}
