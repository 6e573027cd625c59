/** Benchmarks behind {@code plainsong bench}: what is measured, beside what, and how the figures are printed. */
@NullMarked
package org.plainsong.testbed.bench;

import org.jspecify.annotations.NullMarked;
