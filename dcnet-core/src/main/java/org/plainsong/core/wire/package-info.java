/** The only package that knows byte layouts: encoders, strict parsers, and limits that are checked before allocation. */
@NullMarked
package org.plainsong.core.wire;

import org.jspecify.annotations.NullMarked;
