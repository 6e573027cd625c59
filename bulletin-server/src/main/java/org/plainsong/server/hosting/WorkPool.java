package org.plainsong.server.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.plainsong.core.round.ParallelWork;

/** Cuts long computations into pieces for the threads of the process, while the caller does the first piece itself. */
public final class WorkPool implements ParallelWork, AutoCloseable {
    private static final int PIECES_PER_THREAD = 2;
    private static final int WORTH_CUTTING = 2;

    private final int threads;
    private final ExecutorService pool;

    /** A pool with this many threads, the caller's included. */
    public WorkPool(int threads) {
        this.threads = Math.max(1, threads);
        this.pool = Executors.newFixedThreadPool(
                Math.max(1, this.threads - 1),
                Thread.ofPlatform().daemon().name("work-", 0).factory());
    }

    @Override
    public void ranges(int size, RangeTask task) {
        int pieces = size < WORTH_CUTTING || threads == 1 ? 1 : Math.min(size, threads * PIECES_PER_THREAD);
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < pieces; i++) {
            int from = cut(size, i, pieces);
            int to = cut(size, i + 1, pieces);
            others.add(pool.submit(() -> task.run(from, to)));
        }
        task.run(0, cut(size, 1, pieces));
        others.forEach(WorkPool::await);
    }

    private static int cut(int size, int piece, int pieces) {
        return (int) ((long) size * piece / pieces);
    }

    private static void await(Future<?> piece) {
        try {
            piece.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a computation", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a piece of a computation failed", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
