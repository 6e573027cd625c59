package org.plainsong.testbed.local;

import java.io.IOException;
import org.plainsong.commands.SuppressForbidden;
import org.plainsong.server.ServerMain;

/**
 * A server process that ends with its parent: runs {@code plainsong server} as it is, and ends as soon as its standard input does, which the system closes when
 * the parent is gone, however it went.
 */
public final class ServerChild {
    private ServerChild() {}

    /** Arguments as for {@code plainsong server}. */
    public static void main(String[] args) {
        Thread.ofPlatform().daemon().name("parent").start(ServerChild::endWithParent);
        ServerMain.main(args);
    }

    @SuppressForbidden("a child whose parent is gone has nobody left to tell")
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said is of no account; only the end is.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
