/**
 * The server as one pure node: it composes the machines of setup, shuffle and rounds for one group, and meets no socket, clock, thread or disk (protocol §4, §5).
 * Time and messages come in as {@link org.plainsong.server.engine.ServerEvent}, everything that is to happen goes out as
 * {@link org.plainsong.server.engine.ServerEffect}; the Netty driver and the simulation run the very same node.
 */
@NullMarked
package org.plainsong.server.engine;

import org.jspecify.annotations.NullMarked;
