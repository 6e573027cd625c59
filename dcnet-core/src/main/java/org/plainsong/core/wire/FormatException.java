package org.plainsong.core.wire;

/** Bytes that are not what they should be. The text is {@code field: problem}; neither ever holds the bytes themselves. */
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * @param field what was being read, by its name in the specification
     * @param problem what is wrong with it
     */
    public FormatException(String field, String problem) {
        super(field + ": " + problem);
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
}
