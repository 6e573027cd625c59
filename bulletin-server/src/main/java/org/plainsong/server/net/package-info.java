/**
 * The network edge of a server: one TLS port for members, peers, readers of the transcript and passers-by. One handler for each concern; they check what
 * comes in and hand values to the group that owns the protocol's state.
 */
@NullMarked
package org.plainsong.server.net;

import org.jspecify.annotations.NullMarked;
