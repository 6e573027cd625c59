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
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;

/** One server's pads of one round: nonce, then the XOR of all members' streams (protocol §5.2). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PadKernelBenchmark {
    /** Keystreams in a round. */
    @Param({"100", "1000"})
    public int members;

    /** Bytes of each. */
    @Param({"64", "1024", "16384", "131072"})
    public int size;

    private final ByteString epoch = ByteString.wrap(new byte[32]);
    private PadStream[] streams = {};
    private byte[] buffer = {};
    private long round;

    /** Makes the streams, as at the start of an epoch. */
    @Setup
    public void epoch() {
        Randomness random = Randomness.seeded(new byte[] {1});
        streams = new PadStream[members];
        for (int i = 0; i < members; i++) {
            try (PadKey key = PadKey.of(Secret.wrap(random.bytes(PadKey.SIZE)))) {
                streams[i] = key.stream();
            }
        }
        buffer = new byte[size];
    }

    /** One round. */
    @Benchmark
    public byte[] round() {
        PadKernel.xorInto(streams, members, PadKey.nonce(epoch, ++round, 0, epoch), buffer, 0, size);
        return buffer;
    }
}
