/** JMH benchmarks of the pieces that rounds and setups are made of. */
@NullMarked
package org.plainsong.testbed.bench.jmh;

import org.jspecify.annotations.NullMarked;
