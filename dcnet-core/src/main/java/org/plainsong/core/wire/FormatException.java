package org.plainsong.core.wire;

/**
 * Bytes that are not what they should be. The text is {@code field: problem}; neither ever holds the bytes themselves.
 *
 * <p>It carries no stack trace: where in the parser it was thrown follows from the field, and refusing garbage from the
 * network has to be cheap.
 */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * @param field what was being read, by its name in the specification
     * @param problem what is wrong with it
     */
    public FormatException(String field, String problem) {
        super(field + ": " + problem, null, false, false);
        this.field = field;
        this.problem = problem;
    }

    /** What was being read. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /**
     * The same problem as seen by what holds the field: {@code layout} in {@code headers[3]} is {@code headers[3].layout}. An
     * empty name, on either side, stands for the whole and leaves the other.
     */
    public FormatException in(String outer) {
        String path =
                outer.isEmpty() ? field : field.isEmpty() ? outer : outer + (field.startsWith("[") ? "" : ".") + field;
        FormatException seen = new FormatException(path, problem);
        seen.setStackTrace(getStackTrace());
        return seen;
    }
}
