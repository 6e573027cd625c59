/** The commands of {@code plainsong server}: each reads its options, calls what does the work, and prints. */
@NullMarked
package org.plainsong.server.command;

import org.jspecify.annotations.NullMarked;
