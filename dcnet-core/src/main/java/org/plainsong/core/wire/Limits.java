package org.plainsong.core.wire;

/**
 * Every size and count that a parser compares with before it allocates (formats, "Limits"). Sizes are in bytes; all are the largest that is allowed
 * unless the name says otherwise.
 */
public final class Limits {
    /** Numbers of epochs, rounds and entries, and times in milliseconds: below 2^53, so that every language can hold them. */
    public static final long NUMBER = (1L << 53) - 1;
    /** Servers of a group. */
    public static final int SERVERS = 16;
    /** Fewest servers of a group. */
    public static final int MIN_SERVERS = 2;
    /** Admins of a group. */
    public static final int ADMINS = 16;
    /** Members of a group. */
    public static final int MEMBERS = 4096;
    /** Names of a member in an epoch (k). */
    public static final int NAMES = 8;
    /** Slots of an epoch, and items of a shuffle list. */
    public static final int SLOTS = MEMBERS * NAMES;
    /** Changes of one roster entry. */
    public static final int CHANGES = 256;
    /** Late records, and verdicts, that one record enters. */
    public static final int ENTERED = 256;
    /** Name of a group, in bytes of UTF-8. */
    public static final int GROUP_NAME = 100;
    /** Purpose of a group, in bytes of UTF-8. */
    public static final int PURPOSE = 1000;
    /** Name of a member, admin, auditor, server or operator, in bytes of UTF-8. */
    public static final int NAME = 64;
    /** URL of a server. */
    public static final int URL = 256;
    /** X-Wing public key, exactly. */
    public static final int XWING_KEY = 1216;
    /** X-Wing ciphertext, exactly. */
    public static final int XWING_CIPHERTEXT = 1120;
    /** Tag of AES-256-GCM, exactly. */
    public static final int AEAD_TAG = 16;
    /** Item of a shuffle run that is not a setup, and its core X_M. */
    public static final int ITEM = 65_536;
    /** Vector of a round: ciphertext, share, output. */
    public static final int ROUND = 1 << 24;
    /** Type string of an envelope. */
    public static final int TYPE = 32;
    /** Payload of an envelope, and an envelope, between servers and in the transcript. */
    public static final int ENVELOPE = 1 << 26;
    /** Signatures of an envelope: of every admin and every server. */
    public static final int SIGNATURES = ADMINS + SERVERS;
    /** Code of a problem frame. */
    public static final int PROBLEM_CODE = 64;
    /** Text of a problem frame, in bytes of UTF-8. */
    public static final int PROBLEM_TEXT = 1000;

    private Limits() {}

    /** Length of X_0 in a setup with this many servers: core, then a layer for each (protocol §4.3). */
    static int setupItem(int servers) {
        int slotKey = 32;
        return XWING_CIPHERTEXT * servers + slotKey + AEAD_TAG + (XWING_CIPHERTEXT + AEAD_TAG) * servers;
    }
}
