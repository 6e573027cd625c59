package org.plainsong.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads the configuration once: flag before environment variable before file before standard value. Whatever is not declared, or of another type or out of
 * range, is an error that names file, line and column, or the variable.
 */
public final class ConfigReader {
    private static final String VARIABLE_PREFIX = "PLAINSONG_";

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigReader() {}

    /**
     * Reads.
     *
     * @param fileName for messages
     * @param toml text of the file
     * @param environment variables of the process; only {@code PLAINSONG_SECTION__KEY} are looked at
     * @param flags values from the command line by {@code section.key}
     * @throws ConfigException with every problem found
     */
    public static LoadedConfig read(
            String fileName, String toml, Map<String, String> environment, Map<String, String> flags)
            throws ConfigException {
        ConfigReader reader = new ConfigReader();
        reader.standards();
        reader.file(fileName, Toml.parse(toml));
        reader.environment(new TreeMap<>(environment));
        reader.flags(flags);
        if (!reader.problems.isEmpty()) {
            throw new ConfigException(reader.problems);
        }
        return new LoadedConfig(Schema.build(reader.values), reader.origins());
    }

    /** The standard values alone. */
    public static ServerConfig standard() {
        ConfigReader reader = new ConfigReader();
        reader.standards();
        return Schema.build(reader.values);
    }

    private void standards() {
        for (Schema.Table table : Schema.all()) {
            for (Schema.Entry entry : table.entries()) {
                set(entry, entry.parse(entry.key().standard()), "standard");
            }
        }
    }

    private void file(String fileName, TomlParseResult parsed) {
        for (TomlParseError error : parsed.errors()) {
            problems.add(place(fileName, error.position()) + ": " + error.getMessage());
        }
        if (parsed.hasErrors()) {
            return;
        }
        for (String name : parsed.keySet()) {
            List<String> path = List.of(name);
            Optional<Schema.Table> table = Schema.table(name);
            if (table.isEmpty()) {
                problems.add(place(fileName, parsed.inputPositionOf(path)) + ": unknown table or key \"" + name
                        + "\"; known tables are " + tableNames());
            } else if (parsed.get(path) instanceof TomlTable content) {
                table(fileName, table.get(), content);
            } else {
                problems.add(place(fileName, parsed.inputPositionOf(path)) + ": \"" + name + "\" must be a table: ["
                        + name + "]");
            }
        }
    }

    private void table(String fileName, Schema.Table table, TomlTable content) {
        for (String name : content.keySet()) {
            List<String> path = List.of(name);
            String place = place(fileName, content.inputPositionOf(path));
            Optional<Schema.Entry> entry = table.entry(name);
            if (entry.isEmpty()) {
                problems.add(place + ": unknown key \"" + name + "\" in [" + table.name() + "]; known are "
                        + String.join(
                                ", ",
                                table.entries().stream().map(Schema.Entry::name).toList()));
            } else {
                value(entry.get(), content.get(path), place);
            }
        }
    }

    private void value(Schema.Entry entry, @Nullable Object found, String place) {
        try {
            if (entry.isText() && found instanceof String text) {
                set(entry, entry.parse(text), place);
            } else if (entry.type() == boolean.class && found instanceof Boolean flag) {
                set(entry, flag, place);
            } else if (!entry.isText() && entry.type() != boolean.class && found instanceof Long number) {
                set(entry, entry.number(number), place);
            } else {
                throw new IllegalArgumentException("must be " + entry.expected());
            }
        } catch (IllegalArgumentException e) {
            problems.add(place + ": " + entry.path() + ": " + e.getMessage());
        }
    }

    /** A variable with two underscores that names no key is a mistake; others of that prefix may be meant for somebody else. */
    private void environment(Map<String, String> environment) {
        Map<String, Schema.Entry> known = new LinkedHashMap<>();
        for (Schema.Table table : Schema.all()) {
            table.entries().forEach(entry -> known.put(entry.environmentVariable(), entry));
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            Schema.Entry entry = known.get(name);
            if (entry != null) {
                text(entry, variable.getValue(), "environment " + name);
            } else if (name.startsWith(VARIABLE_PREFIX) && name.contains("__")) {
                problems.add("environment " + name + ": no such key; `plainsong server config example` lists all");
            }
        }
    }

    private void flags(Map<String, String> flags) {
        for (Map.Entry<String, String> flag : flags.entrySet()) {
            Optional<Schema.Entry> entry = Schema.entry(flag.getKey());
            if (entry.isPresent()) {
                text(entry.get(), flag.getValue(), "flag " + flag.getKey());
            } else {
                problems.add("flag " + flag.getKey() + ": no such key; `plainsong server config example` lists all");
            }
        }
    }

    private void text(Schema.Entry entry, String text, String source) {
        try {
            set(entry, entry.parse(text), source);
        } catch (IllegalArgumentException e) {
            problems.add(source + ": " + entry.path() + ": " + e.getMessage());
        }
    }

    private void set(Schema.Entry entry, Object value, String source) {
        values.put(entry.path(), value);
        sources.put(entry.path(), source);
    }

    private List<Origin> origins() {
        return values.entrySet().stream()
                .map(e -> new Origin(e.getKey(), shown(e.getValue()), sources.getOrDefault(e.getKey(), "")))
                .toList();
    }

    private static String shown(Object value) {
        return value instanceof Enum<?> name ? name.name().toLowerCase(java.util.Locale.ROOT) : value.toString();
    }

    private static String tableNames() {
        return String.join(", ", Schema.all().stream().map(Schema.Table::name).toList());
    }

    private static String place(String fileName, @Nullable TomlPosition position) {
        return position == null ? fileName : fileName + ":" + position.line() + ":" + position.column();
    }
}
