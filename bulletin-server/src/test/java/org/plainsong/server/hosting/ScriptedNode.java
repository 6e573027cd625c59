package org.plainsong.server.hosting;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;

/** A node that writes down what happens to it and wants what a test tells it to want. */
final class ScriptedNode implements NodePort {
    private final BlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>();
    private volatile Function<ServerEvent, List<ServerEffect>> script;

    ScriptedNode(Function<ServerEvent, List<ServerEffect>> script) {
        this.script = script;
    }

    @Override
    public List<ServerEffect> handle(long nowMillis, ServerEvent event) {
        try {
            return script.apply(event);
        } finally {
            events.add(event);
        }
    }

    /** From now on it does this. */
    void script(Function<ServerEvent, List<ServerEffect>> next) {
        script = next;
    }

    /** The next event of this kind, whatever came before it. */
    <E extends ServerEvent> E await(Class<E> kind) throws InterruptedException {
        while (true) {
            ServerEvent event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " came");
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** What came and was not awaited. */
    List<ServerEvent> left() {
        return List.copyOf(events);
    }
}
