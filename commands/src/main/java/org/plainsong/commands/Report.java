package org.plainsong.commands;

import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command prints. People get {@link #line lines}, programs get one JSON value from {@link #result}; a command
 * calls both and one of the two is shown. Progress goes to the error output and never mixes with the answer.
 */
public final class Report {
    private final PrintWriter out;
    private final PrintWriter progress;
    private final boolean json;
    private final boolean quiet;

    /**
     * @param out receives the answer
     * @param progress receives progress
     * @param json whether the answer is JSON instead of text
     * @param quiet whether progress is left out
     */
    public Report(PrintWriter out, PrintWriter progress, boolean json, boolean quiet) {
        this.out = out;
        this.progress = progress;
        this.json = json;
        this.quiet = quiet;
    }

    /** Prints one line of the answer for people; nothing with {@code --json}. */
    public void line(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /**
     * Prints the whole answer for programs, indented; nothing without {@code --json}.
     *
     * @param answer a record, a map or a list of such; field names become the JSON names
     */
    public void result(Object answer) {
        if (json) {
            out.println(Json.INDENTED.writeValueAsString(answer));
            out.flush();
        }
    }

    /** Prints one item of an open-ended answer: as text for people, as one line of JSON for programs. */
    public void event(String text, Object item) {
        if (json) {
            out.println(Json.COMPACT.writeValueAsString(item));
            out.flush();
        } else {
            line(text);
        }
    }

    /** Says what is going on, on the error output; nothing with {@code --quiet}. */
    public void progress(String text) {
        if (!quiet) {
            progress.println(text);
            progress.flush();
        }
    }

    /** Whether the answer is JSON. */
    public boolean isJson() {
        return json;
    }

    static String failureAsJson(CommandFailure failure) {
        return Json.COMPACT.writeValueAsString(
                Map.of("error", Map.of("exit", failure.exitCode(), "what", failure.what(), "next", failure.next())));
    }

    /** Loaded only when JSON is wanted: Jackson costs start-up time. */
    private static final class Json {
        static final JsonMapper COMPACT = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        static final JsonMapper INDENTED =
                COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    }
}
