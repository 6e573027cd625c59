/**
 * A running server: each group that it hosts has a node, one thread that runs it, an archive, and its connections; this package puts them together and
 * carries out what the nodes want done.
 */
@NullMarked
package org.plainsong.server.hosting;

import org.jspecify.annotations.NullMarked;
