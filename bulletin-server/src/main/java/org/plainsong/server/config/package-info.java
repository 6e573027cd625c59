/**
 * The server's configuration: one TOML file, read once into one checked value whose fields are documented where they are declared. Nobody reads the file or
 * the environment later.
 */
@NullMarked
package org.plainsong.server.config;

import org.jspecify.annotations.NullMarked;
