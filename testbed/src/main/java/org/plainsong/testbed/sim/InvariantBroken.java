package org.plainsong.testbed.sim;

/** Something happened that must never happen; ends the run. */
final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvariantBroken(String rule, String what) {
        super(rule + ": " + what);
    }

    InvariantBroken(String rule, String what, Throwable cause) {
        super(rule + ": " + what, cause);
    }
}
