/** From a pair secret, a round and an attempt to a keystream, and the XOR of many keystreams (protocol §5.2). */
@NullMarked
package org.plainsong.core.pad;

import org.jspecify.annotations.NullMarked;
