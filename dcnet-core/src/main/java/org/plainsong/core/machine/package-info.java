/** The form that every protocol machine has: a pure function from state and event to state and effects (protocol §4, §5). */
@NullMarked
package org.plainsong.core.machine;

import org.jspecify.annotations.NullMarked;
