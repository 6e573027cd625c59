package org.plainsong.core.transcript;

/**
 * A check that does not hold (protocol §8). Not a verdict: it says that what is published is not a correct transcript, not who made it so.
 *
 * @param check which check
 * @param what what was found instead, with the values; names no secret and no person
 */
public record Finding(Check check, String what) {
    /** Number, section and text in one line. */
    public String line() {
        return check.id() + " (protocol " + check.section() + "): " + what;
    }
}
