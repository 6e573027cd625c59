package org.plainsong.server.store;

import java.io.IOException;

/** How much room the disk has. */
@FunctionalInterface
public interface FreeSpace {
    /** Bytes that this process may still write. */
    long usableBytes() throws IOException;
}
