/**
 * Whole groups in one thread, driven by one seed (protocol §9): the very same server and member nodes as in a running group, over a network and disks that exist
 * only as a line of time. Frames cross it as bytes and signatures are really checked; what a fault does is an object; what must never happen is looked at after
 * every event; at the end the auditor judges what every server has written.
 */
@NullMarked
package org.plainsong.testbed.sim;

import org.jspecify.annotations.NullMarked;
