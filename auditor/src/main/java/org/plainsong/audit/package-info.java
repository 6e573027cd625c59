/** Checks a published transcript with public keys alone. */
@NullMarked
package org.plainsong.audit;

import org.jspecify.annotations.NullMarked;
