/** Whole groups in one process: simulation with faults, demo, load, benchmarks. */
@NullMarked
package org.plainsong.testbed;

import org.jspecify.annotations.NullMarked;
