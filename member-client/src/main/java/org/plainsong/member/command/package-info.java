/** The commands {@code plainsong member} and {@code plainsong group}: thin over the library around them. */
@NullMarked
package org.plainsong.member.command;

import org.jspecify.annotations.NullMarked;
