/** Byte strings that cannot change, secrets that can be wiped, and comparison that does not leak by time. */
@NullMarked
package org.plainsong.core.bytes;

import org.jspecify.annotations.NullMarked;
