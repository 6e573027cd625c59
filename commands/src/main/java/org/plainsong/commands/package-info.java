/** What all command lines share: runner, exit codes, error printer, text or JSON output. */
@NullMarked
package org.plainsong.commands;

import org.jspecify.annotations.NullMarked;
