package org.plainsong.core.group;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Rules of the names that people read (protocol §3): length in UTF-8, and nothing that moves a terminal's cursor or hides. */
final class Names {
    private Names() {}

    /** Why this text may not stand in this field, if it may not. */
    static Optional<GroupProblem> problem(String field, String text, int leastBytes, int mostBytes, boolean manyLines) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size < leastBytes || size > mostBytes) {
            return refuse(field + " has " + size + " bytes of UTF-8, must have " + leastBytes + " to " + mostBytes);
        }
        return text.codePoints()
                .filter(c -> !(manyLines && c == '\n') && isHidden(c))
                .boxed()
                .findFirst()
                .flatMap(c -> refuse(field + " has the character " + String.format(Locale.ROOT, "U+%04X", c)
                        + ", which nobody can see: take it out"));
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static Optional<GroupProblem> refuse(String text) {
        return Optional.of(new GroupProblem(GroupProblem.Rule.TEXT, text));
    }
}
