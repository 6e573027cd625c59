/** A whole group on this machine for real: server processes behind sockets, members over TLS; what demo, load and benchmarks run on. */
@NullMarked
package org.plainsong.testbed.local;

import org.jspecify.annotations.NullMarked;
