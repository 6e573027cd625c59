/** A member without a window: engine, connection, outbox, vault, command line. */
@NullMarked
package org.plainsong.member;

import org.jspecify.annotations.NullMarked;
