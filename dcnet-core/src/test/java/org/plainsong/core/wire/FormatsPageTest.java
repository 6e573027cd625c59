package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.transcript.Entry;

/** The tables of docs/formats.md are those of the records: a page that lies is worse than none. */
final class FormatsPageTest {
    private final List<String> page = read();

    @Test
    void eachMessageHasATableWithItsFieldsInOrder() {
        for (MessageType type : MessageType.values()) {
            assertThat(fieldsAfter("`" + type.text() + "`")).as(type.text()).isEqualTo(components(type.message()));
        }
        assertThat(fieldsAfter("### 10.1 Entry")).isEqualTo(components(Entry.class));
    }

    @Test
    void theOverviewListsEachMessageWithItsSignatures() {
        for (MessageType type : MessageType.values()) {
            String signatures = type.maxSignatures() == 1 ? "1" : "≤ " + type.maxSignatures();
            assertThat(page.stream().filter(line -> line.startsWith("| `" + type.text() + "` | §")))
                    .as(type.text())
                    .singleElement()
                    .satisfies(row -> assertThat(cells(row).get(3)).isEqualTo(signatures));
        }
    }

    @Test
    void thePolicyHasItsUnitsRangesAndDefaults() {
        List<List<String>> rows = rowsAfter("### 4.2 Policy");
        RecordComponent[] components = PolicyDefaults.policy().getClass().getRecordComponents();
        List<PolicyField> fields = List.of(PolicyField.values());
        assertThat(rows).hasSize(components.length).hasSameSizeAs(fields);
        for (int i = 0; i < components.length; i++) {
            List<String> row = rows.get(i);
            PolicyField field = fields.get(i);
            Object standard = CborNode.component(PolicyDefaults.policy(), i);
            assertThat(row.subList(0, 2)).containsExactly(String.valueOf(i + 1), components[i].getName());
            assertThat(row.get(5)).as(row.get(1)).isEqualTo(standard.toString());
            if (!field.isTruth()) {
                assertThat(row.get(3)).as(row.get(1)).isEqualTo(field.unit());
                assertThat(row.get(4)).as(row.get(1)).isEqualTo(field.least() + ".." + field.most());
            }
        }
    }

    @Test
    void eachKindOfRosterChangeHasItsFields() {
        Class<?>[] kinds = RosterChange.class.getPermittedSubclasses();
        List<List<String>> rows = rowsAfter("| kind | change | fields |");
        assertThat(rows).hasSize(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            String names = rows.get(i).get(2).replaceAll(" \\([^)]*\\)", "");
            assertThat(names).isEqualTo(String.join(", ", components(kinds[i])));
        }
    }

    private static List<String> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** Names of the fields in the first table after a heading or paragraph that begins with this text. */
    private List<String> fieldsAfter(String start) {
        return rowsAfter(start).stream().map(row -> row.get(1)).toList();
    }

    /** Rows of the first table at or after the line that begins with this text, a heading's marks and numbers aside. */
    private List<List<String>> rowsAfter(String start) {
        int at = 0;
        while (!page.get(at).replaceFirst("^#+ [0-9.]+ (?=`)", "").startsWith(start)) {
            at++;
        }
        while (!page.get(at).startsWith("| ---")) {
            at++;
        }
        List<List<String>> rows = new ArrayList<>();
        for (at++; page.get(at).startsWith("|"); at++) {
            rows.add(cells(page.get(at)));
        }
        return rows;
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static List<String> read() {
        try {
            return Files.readAllLines(WireVectors.folder().resolveSibling("formats.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
