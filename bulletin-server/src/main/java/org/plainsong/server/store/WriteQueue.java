package org.plainsong.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.plainsong.server.engine.StoreWrite;

/**
 * Writes to the archive of one group on a thread of its own, in the order of the orders, as many together as have come meanwhile: one wait for the disk serves
 * them all. When the disk is full or fails, nothing is lost and nothing is reordered: it says so, and tries again every second until it works.
 */
public final class WriteQueue implements AutoCloseable {
    private static final int MOST_TOGETHER = 256;
    private static final long RETRY_MILLIS = 1000;

    private final ArchiveWriter writer;
    private final FreeSpace space;
    private final long minFreeBytes;
    private final Answers answers;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile Optional<String> trouble = Optional.empty();

    /** Who wants to know what became of an order; called on the writing thread. */
    public interface Answers {
        /** It is on disk. */
        void stored(long ticket);

        /** It could not be written yet; said once for each order, which is tried again. */
        void failed(long ticket, String reason);
    }

    private record Order(Optional<StoreWrite> write, long ticket) {}

    /**
     * A queue, whose thread starts at once.
     *
     * @param writer of which this queue is the only user; closed with it
     * @param minFreeBytes below which nothing is written
     */
    public WriteQueue(ArchiveWriter writer, FreeSpace space, long minFreeBytes, Answers answers) {
        this.writer = writer;
        this.space = space;
        this.minFreeBytes = minFreeBytes;
        this.answers = answers;
        this.thread = Thread.ofPlatform().name("store").unstarted(this::run);
        thread.start();
    }

    /** Orders a write. */
    public void add(StoreWrite write, long ticket) {
        orders.add(new Order(Optional.of(write), ticket));
    }

    /** Why nothing can be written now, if so. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void run() {
        List<Order> batch = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        try {
            while (true) {
                if (batch.isEmpty()) {
                    batch.add(orders.take());
                }
                orders.drainTo(batch, MOST_TOGETHER);
                boolean last = batch.removeIf(order -> order.write().isEmpty()) || closing;
                Optional<String> failure = write(batch);
                trouble = failure;
                if (failure.isEmpty()) {
                    batch.forEach(order -> answers.stored(order.ticket()));
                    batch.clear();
                    told.clear();
                } else {
                    batch.stream()
                            .filter(order -> told.add(order.ticket()))
                            .forEach(order -> answers.failed(order.ticket(), failure.get()));
                }
                if (last) {
                    return;
                }
                if (failure.isPresent()) {
                    Order next = orders.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        batch.add(next);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = Optional.of("an internal error while writing: " + e.getMessage());
            batch.forEach(order -> answers.failed(order.ticket(), trouble.orElseThrow()));
        } finally {
            writer.close();
        }
    }

    /** The reason if it did not work. */
    private Optional<String> write(List<Order> batch) {
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (space.usableBytes() < minFreeBytes) {
                return Optional.of("less than " + minFreeBytes + " bytes are free on the disk; make room");
            }
            writer.write(
                    batch.stream().map(order -> order.write().orElseThrow()).toList());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Writes what has been ordered, if the disk lets it, and ends. */
    @Override
    public void close() {
        closing = true;
        orders.add(new Order(Optional.empty(), 0));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
