package org.plainsong.server.config;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Prints the whole configuration with what each key means, made from the declarations. */
public final class ConfigExample {
    private static final int WIDTH = 100;

    private ConfigExample() {}

    /** Every key with its standard value. */
    public static String text() {
        return text(Map.of());
    }

    /** As {@link #text()}, with other values for some keys, by {@code section.key}. */
    public static String text(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        comment(
                out,
                "Configuration of a Plainsong server. Every key is shown with its meaning; a key that is left out has the"
                        + " standard value. Each can be overridden by an environment variable PLAINSONG_SECTION__KEY and by"
                        + " a flag --set section.key=value. Check the file with: plainsong server config check");
        for (Schema.Table table : Schema.all()) {
            out.append('\n');
            comment(out, table.doc());
            out.append('[').append(table.name()).append("]\n");
            for (Schema.Entry entry : table.entries()) {
                out.append('\n');
                entry(out, entry, values.getOrDefault(entry.path(), entry.key().standard()));
            }
        }
        return out.toString();
    }

    private static void entry(StringBuilder out, Schema.Entry entry, String value) {
        comment(out, entry.key().doc());
        if (!entry.isText()) {
            comment(
                    out,
                    "Must be " + entry.expected() + ". Standard: " + entry.key().standard());
        }
        out.append(entry.name())
                .append(" = ")
                .append(entry.isText() ? quoted(value) : value)
                .append('\n');
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static void comment(StringBuilder out, String text) {
        for (String line : wrapped(text)) {
            out.append("# ").append(line).append('\n');
        }
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
