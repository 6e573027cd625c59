/**
 * What a server keeps on disk of each group: the transcript, the statements of which there must never be a second one, and nothing that would let a
 * restarted server go on in an epoch (protocol §4, §4.2).
 */
@NullMarked
package org.plainsong.server.store;

import org.jspecify.annotations.NullMarked;
