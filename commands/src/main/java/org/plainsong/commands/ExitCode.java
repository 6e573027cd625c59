package org.plainsong.commands;

/** What a command's exit status says. {@code plainsong audit} has a finer table of its own from 3 on. */
public final class ExitCode {
    /** Done, and all is well. */
    public static final int OK = 0;
    /** It was tried and did not work, or we have a bug. */
    public static final int FAILED = 1;
    /** The command line or a configuration file is wrong; nothing was tried. */
    public static final int USAGE = 2;
    /** A safety rule forbids it; it was not done. */
    public static final int REFUSED = 3;
    /** Another machine could not be reached; trying again later may help. */
    public static final int UNREACHABLE = 4;
    /** It works, but something needs attention. */
    public static final int DEGRADED = 5;

    private ExitCode() {}
}
