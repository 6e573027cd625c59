/** The protocol without I/O; each concern is a package below this one. */
@NullMarked
package org.plainsong.core;

import org.jspecify.annotations.NullMarked;
