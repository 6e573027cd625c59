package org.plainsong.commands;

import org.jspecify.annotations.Nullable;

/**
 * A command could not do its job for a reason that the person at the keyboard can act upon. Carries the exit status,
 * one sentence on what was wrong and one on what to do next; {@link CommandRunner} prints both.
 *
 * <p>Neither sentence may hold a secret. For a bug of ours throw {@link IllegalStateException} instead.
 */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;
    private final String next;

    /**
     * @param exitCode one of {@link ExitCode}, or of the command's own documented table; not 0
     * @param what what was wrong, with the values, without a full stop
     * @param next what to do next
     */
    public CommandFailure(int exitCode, String what, String next) {
        this(exitCode, what, next, null);
    }

    /** As above, with the exception that {@code --debug} shows. */
    public CommandFailure(int exitCode, String what, String next, @Nullable Throwable cause) {
        super(what, cause);
        if (exitCode <= 0 || exitCode > 125) {
            throw new IllegalArgumentException("exit code " + exitCode + " is not 1..125");
        }
        this.exitCode = exitCode;
        this.next = next;
    }

    /** It was tried and did not work. */
    public static CommandFailure failed(String what, String next) {
        return new CommandFailure(ExitCode.FAILED, what, next);
    }

    /** The command line or a configuration file is wrong. */
    public static CommandFailure usage(String what, String next) {
        return new CommandFailure(ExitCode.USAGE, what, next);
    }

    /** A safety rule forbids it. */
    public static CommandFailure refused(String what, String next) {
        return new CommandFailure(ExitCode.REFUSED, what, next);
    }

    /** Another machine could not be reached. */
    public static CommandFailure unreachable(String what, String next) {
        return new CommandFailure(ExitCode.UNREACHABLE, what, next);
    }

    /** The status that the process ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** What was wrong. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What to do next. */
    public String next() {
        return next;
    }
}
