/** {@code plainsong demo}: a whole group on this machine, from its founding to the audit of what it published. */
@NullMarked
package org.plainsong.testbed.demo;

import org.jspecify.annotations.NullMarked;
