package org.plainsong.server.hosting;

import java.util.List;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;

/** A server node as its driver sees it. */
@FunctionalInterface
public interface NodePort {
    /** One event at this time (Unix milliseconds): what is to happen, in order. */
    List<ServerEffect> handle(long nowMillis, ServerEvent event);
}
