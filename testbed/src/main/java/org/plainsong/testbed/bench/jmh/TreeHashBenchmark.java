package org.plainsong.testbed.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.TreeHash;

/** The tree hash of a ciphertext, a share, an output (protocol §5.2). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreeHashBenchmark {
    /** Bytes that are hashed. */
    @Param({"64", "1024", "16384", "131072"})
    public int size;

    private byte[] data = {};

    /** Fills them. */
    @Setup
    public void fill() {
        data = Randomness.seeded(new byte[] {1}).bytes(size);
    }

    /** Root over the pieces. */
    @Benchmark
    public ByteString root() {
        return TreeHash.rootOfChunks(data);
    }
}
