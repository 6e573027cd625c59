package org.plainsong.server.hosting;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;

/**
 * The one thread that owns a group's protocol state: takes events in the order in which they came, lets the node handle each, and has the effects carried out
 * in order. It waits for nothing but the next event or the time that the node asked to be woken at.
 */
final class GroupThread {
    /** Longest wait, so that a wake is not missed by more than this whatever happens to the clock. */
    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final NodePort node;
    private final LongSupplier clock;
    private final Consumer<ServerEffect> effects;
    private final Consumer<RuntimeException> broken;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private long wakeAt = Long.MAX_VALUE;

    private record Item(Optional<ServerEvent> event, Runnable handled) {}

    /**
     * A thread, not yet started.
     *
     * @param clock Unix milliseconds
     * @param effects carries one out
     * @param broken told when the node failed with a bug of ours; it gets no more events then
     */
    GroupThread(
            String name,
            NodePort node,
            LongSupplier clock,
            Consumer<ServerEffect> effects,
            Consumer<RuntimeException> broken) {
        this.node = node;
        this.clock = clock;
        this.effects = effects;
        this.broken = broken;
        this.thread = Thread.ofPlatform().name("group-" + name).unstarted(this::run);
    }

    void start() {
        post(new ServerEvent.Started(), () -> {});
        thread.start();
    }

    void post(ServerEvent event, Runnable handled) {
        queue.add(new Item(Optional.of(event), handled));
    }

    /** Handles what came before and ends. */
    void stop() {
        queue.add(new Item(Optional.empty(), () -> {}));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events that wait. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        boolean works = true;
        try {
            while (true) {
                Item item = queue.poll(waitMillis(), TimeUnit.MILLISECONDS);
                if (item != null && item.event().isEmpty()) {
                    return;
                }
                works = works && (item == null || handle(item.event().orElseThrow()));
                works = works && tickIfDue();
                if (item != null) {
                    item.handled().run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long waitMillis() {
        return Math.max(0, Math.min(LONGEST_WAIT_MILLIS, wakeAt - clock.getAsLong()));
    }

    private boolean tickIfDue() {
        if (wakeAt > clock.getAsLong()) {
            return true;
        }
        wakeAt = Long.MAX_VALUE;
        return handle(new ServerEvent.Tick());
    }

    /** Whether the node works. A bug of ours stops this group here, with what it held, and no other. */
    private boolean handle(ServerEvent event) {
        try {
            List<ServerEffect> wanted = node.handle(clock.getAsLong(), event);
            for (ServerEffect effect : wanted) {
                if (effect instanceof ServerEffect.WakeAt(long millis)) {
                    wakeAt = millis;
                } else {
                    effects.accept(effect);
                }
            }
            return true;
        } catch (RuntimeException e) {
            wakeAt = Long.MAX_VALUE;
            broken.accept(e);
            return false;
        }
    }
}
