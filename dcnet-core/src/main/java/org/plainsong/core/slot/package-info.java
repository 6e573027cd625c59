/**
 * What stands in a round's vector and where (protocol §5.1): length classes, the layout that everyone computes from the records alone, the frame of an open slot
 * and the request byte of a closed one.
 */
@NullMarked
package org.plainsong.core.slot;

import org.jspecify.annotations.NullMarked;
