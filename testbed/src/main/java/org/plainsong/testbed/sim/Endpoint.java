package org.plainsong.testbed.sim;

import org.plainsong.core.bytes.ByteString;

/** A process that can be connected to or connects. */
interface Endpoint {
    /** Short name in traces: {@code s1}, {@code m3}. */
    String name();

    /** Whether the process runs. */
    boolean isUp();

    /** Somebody connected to us. */
    void accepted(Connection connection);

    /** A connection that we asked for stands. */
    void connected(Connection connection);

    /** A connection that we asked for does not come about. */
    void refused(Connection connection);

    /** A whole frame came. */
    void received(Connection connection, ByteString frame);

    /** The other side, or the network, has closed it. */
    void closed(Connection connection);
}
