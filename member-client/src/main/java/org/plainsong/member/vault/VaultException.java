package org.plainsong.member.vault;

import org.jspecify.annotations.Nullable;

/** A vault cannot be opened or written. What is on disk is as it was before. */
public final class VaultException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** There is no vault at this place. */
        MISSING,
        /** There is one already. */
        EXISTS,
        /** Another process has it open. */
        IN_USE,
        /** The passphrase is another one. */
        WRONG_PASSPHRASE,
        /** Bytes are not as they were written. */
        DAMAGED,
        /** Written by a newer version. */
        NEWER_FORMAT,
        /** The disk does not do what it should; full, for instance. */
        DISK
    }

    private final Reason reason;
    private final String next;

    /**
     * @param reason why
     * @param what what was wrong
     * @param next what to do
     * @param cause of the file system, if any
     */
    public VaultException(Reason reason, String what, String next, @Nullable Throwable cause) {
        super(what, cause);
        this.reason = reason;
        this.next = next;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What to do. */
    public String next() {
        return next;
    }

    static VaultException damaged(String what) {
        return new VaultException(
                Reason.DAMAGED,
                "the vault is damaged: " + what,
                "It was left as it is. Restore the profile directory from a copy, and tell us how this came about.",
                null);
    }

    static VaultException disk(String doing, Throwable cause) {
        return new VaultException(
                Reason.DISK,
                "cannot " + doing + " the vault: " + cause.getMessage(),
                "Check the space left on the disk and the permissions of the profile directory.",
                cause);
    }
}
