package org.plainsong.testbed.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;

/**
 * Measures what a server does for its pads in each round (protocol §5.2, §5.4): the XOR of one keystream for each member,
 * nonce set-up included, on one core and on two, beside {@code openssl speed} in the same run.
 */
public final class PadBench {
    /** Piece size of the openssl figure that all others are compared with. */
    public static final int YARDSTICK_SIZE = 16 * 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double GIGA = 1e9;
    private static final int SAMPLES = 9;
    private static final ByteString EPOCH = ByteString.wrap(new byte[32]);

    private final int members;
    private final List<Integer> sizes;
    private final int millisEach;
    private final IntFunction<OptionalDouble> yardstick;
    private final Consumer<String> progress;

    /**
     * What was measured for one slot size.
     *
     * @param size bytes of each keystream
     * @param threads 1 or 2
     * @param gigabytesPerSecond keystream made and XORed, all threads together
     * @param microsPerRound time for all members' streams
     * @param ratio to openssl's figure for 16 KiB on one core; null if there is no openssl
     */
    public record Cell(
            int size,
            int threads,
            double gigabytesPerSecond,
            double microsPerRound,
            @Nullable Double ratio) {}

    /**
     * What openssl itself reached.
     *
     * @param size bytes of a piece
     * @param gigabytesPerSecond on one core
     */
    public record Yardstick(int size, double gigabytesPerSecond) {}

    /**
     * The whole answer.
     *
     * @param members keystreams in each round
     * @param openssl its version, or that it is missing
     * @param yardsticks its figures, empty if it is missing
     * @param cells ours
     */
    public record Result(int members, String openssl, List<Yardstick> yardsticks, List<Cell> cells) {}

    /**
     * @param members keystreams in each round
     * @param sizes slot sizes in bytes
     * @param millisEach how long each size is measured with each number of threads
     * @param yardstick bytes a second of openssl on one core in pieces of this size, or nothing
     * @param progress is told what is going on
     */
    PadBench(
            int members,
            List<Integer> sizes,
            int millisEach,
            IntFunction<OptionalDouble> yardstick,
            Consumer<String> progress) {
        this.members = members;
        this.sizes = List.copyOf(sizes);
        this.millisEach = millisEach;
        this.yardstick = yardstick;
        this.progress = progress;
    }

    /** Runs it all. */
    public Result run() {
        progress.accept("openssl speed, one second for each size …");
        List<Yardstick> yardsticks = new ArrayList<>();
        for (int size : sizes) {
            yardstick.apply(size).ifPresent(speed -> yardsticks.add(new Yardstick(size, speed / GIGA)));
        }
        OptionalDouble before = yardstick.apply(YARDSTICK_SIZE);

        PadStream[] streams = streams();
        List<Cell> cells = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            progress.accept("warming up …");
            for (int size : sizes) {
                measure(streams, size, 1, pool);
                measure(streams, size, 2, pool);
            }
            for (int threads = 1; threads <= 2; threads++) {
                for (int size : sizes) {
                    progress.accept("pads of " + members + " members, " + size + " bytes, " + threads + " thread(s) …");
                    cells.add(cell(size, threads, measure(streams, size, threads, pool)));
                }
            }
        }
        // Before and after, and the better of the two: whatever else runs here must not flatter us.
        OptionalDouble after = yardstick.apply(YARDSTICK_SIZE);
        double best = Math.max(before.orElse(0), after.orElse(0)) / GIGA;
        return new Result(
                members,
                OpensslSpeed.version(),
                withBest(yardsticks, best),
                cells.stream().map(cell -> withRatio(cell, best)).toList());
    }

    private static List<Yardstick> withBest(List<Yardstick> measured, double best) {
        return measured.stream()
                .map(each -> each.size() == YARDSTICK_SIZE
                        ? new Yardstick(YARDSTICK_SIZE, Math.max(best, each.gigabytesPerSecond()))
                        : each)
                .toList();
    }

    private Cell cell(int size, int threads, double nanosPerRound) {
        double bytes = (double) members * size;
        return new Cell(size, threads, bytes / nanosPerRound, nanosPerRound / 1000, null);
    }

    private static Cell withRatio(Cell cell, double yardstick) {
        return yardstick == 0
                ? cell
                : new Cell(
                        cell.size(),
                        cell.threads(),
                        cell.gigabytesPerSecond(),
                        cell.microsPerRound(),
                        cell.gigabytesPerSecond() / yardstick);
    }

    private PadStream[] streams() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        PadStream[] streams = new PadStream[members];
        for (int i = 0; i < members; i++) {
            byte[] pairSecret = new byte[PadKey.SIZE];
            random.nextBytes(pairSecret);
            try (Secret secret = Secret.wrap(pairSecret);
                    PadKey key = PadKey.of(secret)) {
                streams[i] = key.stream();
            }
        }
        return streams;
    }

    /** Median nanoseconds of a round. */
    private double measure(PadStream[] streams, int size, int threads, ExecutorService pool) {
        long budget = millisEach * NANOS_PER_MILLI / SAMPLES;
        byte[][] buffers = new byte[threads][size];
        double[] samples = new double[SAMPLES];
        long round = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            long start = System.nanoTime();
            long elapsed;
            int rounds = 0;
            do {
                byte[] nonce = PadKey.nonce(EPOCH, ++round, 0, EPOCH);
                if (threads == 1) {
                    PadKernel.xorInto(streams, members, nonce, buffers[0], 0, size);
                } else {
                    onTwoThreads(streams, nonce, buffers, pool);
                }
                rounds++;
                elapsed = System.nanoTime() - start;
            } while (elapsed < budget);
            samples[sample] = (double) elapsed / rounds;
        }
        Arrays.sort(samples);
        return samples[SAMPLES / 2];
    }

    /** One half of the streams here, the other on the pool's thread, each into a buffer of its own, then one XOR. */
    private void onTwoThreads(PadStream[] streams, byte[] nonce, byte[][] buffers, ExecutorService pool) {
        int half = members / 2;
        int size = buffers[0].length;
        Callable<Void> other = () -> {
            PadKernel.xorRangeInto(streams, half, members, nonce, 0, buffers[1], 0, size);
            return null;
        };
        Future<Void> second = pool.submit(other);
        PadKernel.xorRangeInto(streams, 0, half, nonce, 0, buffers[0], 0, size);
        try {
            second.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the second thread failed", e);
        }
        PadKernel.xor(buffers[1], 0, buffers[0], 0, size);
    }
}
