/** An anytrust server: engine, network edge, store, publication, admin commands. */
@NullMarked
package org.plainsong.server;

import org.jspecify.annotations.NullMarked;
