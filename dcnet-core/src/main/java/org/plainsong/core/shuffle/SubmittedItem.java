package org.plainsong.core.shuffle;

import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.ItemRef;

/**
 * One entry of L_0.
 *
 * @param owner whose, and which of its items
 * @param item X_0
 */
public record SubmittedItem(ItemRef owner, ByteString item) {}
