/**
 * What all command lines share: one runner, one printer of errors, exit codes, text or JSON output.
 *
 * <p>A command is thin: a picocli class whose {@code call()} asks a service and hands the answer to a {@link
 * org.plainsong.commands.Report}. It prints no error and catches none for printing: it throws {@link
 * org.plainsong.commands.CommandFailure}, and {@link org.plainsong.commands.CommandRunner} does the rest.
 */
@NullMarked
package org.plainsong.commands;

import org.jspecify.annotations.NullMarked;
