package org.plainsong.server.net;

import org.plainsong.core.bytes.ByteString;

/** A whole message off the network, divided into head and tail as the frame's codec wants them. */
record Received(ByteString head, ByteString tail) {
    int size() {
        return head.size() + tail.size();
    }
}
