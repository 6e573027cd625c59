package org.plainsong.core.board;

/** Sizes that no content may exceed; checked before anything is allocated (protocol §7). */
public final class BoardLimits {
    /** Bytes of a whole content, attachments included: what a joiner holds of one slot at most. */
    public static final int MAX_CONTENT_BYTES = 4 << 20;

    /** Bytes of a text in UTF-8. */
    public static final int MAX_TEXT_BYTES = 256 << 10;

    /** Bytes of the name of a board or an attachment, and of a media type. */
    public static final int MAX_NAME_BYTES = 100;

    /** Attachments of a post. */
    public static final int MAX_ATTACHMENTS = 16;

    /** Bytes that all joiners of one epoch hold together at most; what would go beyond is dropped as interrupted. */
    public static final long MAX_JOINING_BYTES = 64L << 20;

    private BoardLimits() {}
}
