package org.plainsong.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The declared keys of {@link ServerConfig}, read from its annotations. */
final class Schema {
    private static final List<Table> TABLES = tables();

    private Schema() {}

    /** One table of the file. */
    record Table(String name, String doc, Class<?> type, List<Entry> entries) {
        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
        }
    }

    /** One key of a table. */
    record Entry(String table, String name, Class<?> type, Key key) {
        String path() {
            return table + "." + name;
        }

        String environmentVariable() {
            return "PLAINSONG_" + table.toUpperCase(Locale.ROOT) + "__" + name.toUpperCase(Locale.ROOT);
        }

        /** What may stand there, for messages. */
        String expected() {
            if (type == boolean.class) {
                return "true or false";
            }
            if (type == int.class || type == long.class) {
                String range = "a number from " + key.min() + " to " + Math.min(key.max(), limitOfType());
                return key.unit().isEmpty() ? range : range + " (" + key.unit() + ")";
            }
            if (type.isEnum()) {
                return "one of " + String.join(", ", names());
            }
            return type == HostPort.class ? "a text HOST:PORT" : "a text";
        }

        long limitOfType() {
            return type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        }

        private List<String> names() {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
        }

        boolean isText() {
            return type == String.class || type == HostPort.class || type.isEnum();
        }

        /** The value of this text; the argument exception says what is wrong. */
        Object parse(String text) {
            if (type == String.class) {
                return text;
            }
            if (type == HostPort.class) {
                return HostPort.parse(text);
            }
            if (type == boolean.class) {
                return parseBoolean(text);
            }
            if (type.isEnum()) {
                return parseName(text);
            }
            return number(parseNumber(text));
        }

        Object number(long value) {
            if (value < key.min() || value > Math.min(key.max(), limitOfType())) {
                throw new IllegalArgumentException(value + " is out of range, must be " + expected());
            }
            if (type == int.class) {
                return (int) value;
            }
            return value;
        }

        private long parseNumber(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be " + expected(), e);
            }
        }

        private Object parseBoolean(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("must be " + expected());
            };
        }

        private Object parseName(String text) {
            for (Object constant : type.getEnumConstants()) {
                if (constant.toString().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("must be " + expected());
        }
    }

    static List<Table> all() {
        return TABLES;
    }

    static Optional<Table> table(String name) {
        return TABLES.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    static Optional<Entry> entry(String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : table(path.substring(0, dot)).flatMap(t -> t.entry(path.substring(dot + 1)));
    }

    /** The configuration of these values, one for each declared key by its path. */
    static ServerConfig build(Map<String, Object> values) {
        List<Object> sections = new ArrayList<>();
        for (Table table : TABLES) {
            Object[] arguments = table.entries().stream()
                    .map(entry -> values.get(entry.path()))
                    .toArray();
            sections.add(construct(table.type(), arguments));
        }
        return (ServerConfig) construct(ServerConfig.class, sections.toArray());
    }

    private static Object construct(Class<?> type, Object[] arguments) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + type.getSimpleName(), e);
        }
    }

    private static List<Table> tables() {
        List<Table> found = new ArrayList<>();
        for (RecordComponent section : ServerConfig.class.getRecordComponents()) {
            String name = snakeCase(section.getName());
            List<Entry> entries = new ArrayList<>();
            for (RecordComponent key : section.getType().getRecordComponents()) {
                entries.add(new Entry(name, snakeCase(key.getName()), key.getType(), key.getAnnotation(Key.class)));
            }
            found.add(new Table(
                    name, section.getAnnotation(Section.class).value(), section.getType(), List.copyOf(entries)));
        }
        return List.copyOf(found);
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
