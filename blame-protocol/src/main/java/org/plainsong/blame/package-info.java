/** Who disrupted a round, provably: accusation, trace, rebuttal, verdict; without I/O. */
@NullMarked
package org.plainsong.blame;

import org.jspecify.annotations.NullMarked;
