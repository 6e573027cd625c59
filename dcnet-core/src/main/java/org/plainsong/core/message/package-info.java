/**
 * Sealed records of everything that is sent or signed (protocol §2 "signed bytes, not objects"). A message says what it is and is valid in shape or does not
 * exist; how it becomes bytes is known to {@code wire} alone. Field order here is key order there: field n is CBOR key n.
 */
@NullMarked
package org.plainsong.core.message;

import org.jspecify.annotations.NullMarked;
