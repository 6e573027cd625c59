package org.plainsong.core.board;

import org.plainsong.core.bytes.ByteString;

/**
 * A file that goes with a post.
 *
 * @param name what it is shown as, at most {@link BoardLimits#MAX_NAME_BYTES} bytes of UTF-8
 * @param mediaType for instance {@code image/png}, at most {@link BoardLimits#MAX_NAME_BYTES} bytes of UTF-8
 * @param bytes what is in it
 */
public record Attachment(String name, String mediaType, ByteString bytes) {}
