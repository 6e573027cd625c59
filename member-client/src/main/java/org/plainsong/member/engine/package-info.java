/**
 * A member without I/O (protocol §4.1 member side, §5.2, §5.5, §5.6, §7): {@link org.plainsong.member.engine.MemberNode}
 * takes events and gives effects; sockets, clocks, disks and threads are the driver's. The same node runs under the real
 * driver and in the simulation.
 */
@NullMarked
package org.plainsong.member.engine;

import org.jspecify.annotations.NullMarked;
