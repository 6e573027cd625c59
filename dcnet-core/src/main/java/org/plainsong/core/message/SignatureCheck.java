package org.plainsong.core.message;

/** Checks the signatures of an envelope over its payload bytes (protocol §2). */
public interface SignatureCheck {
    /** Whether every signature of the envelope is good. Says nothing of who ought to have signed. */
    boolean allGood(Signed<?> signed);
}
