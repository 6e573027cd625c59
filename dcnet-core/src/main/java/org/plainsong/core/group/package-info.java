/**
 * The group and its roster (protocol §3): the definition, the roster as a fold of its signed log, the rules that both must keep, and the table of the
 * policy's values with units and defaults.
 */
@NullMarked
package org.plainsong.core.group;

import org.jspecify.annotations.NullMarked;
