package org.plainsong.testbed.bench.jmh;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;

/** The hybrid KEM of enrolments and onions (protocol §4). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class XWingBenchmark {
    private final Randomness random = Randomness.seeded(new byte[] {1});
    private final byte[] seed = random.bytes(XWing.SEED_SIZE);
    private final XWing.KeyPair pair = XWing.generate(seed);
    private final XWing.ExpandedKey expanded = XWing.ExpandedKey.of(pair.seed());
    private final byte[] randomness = random.bytes(XWing.RANDOMNESS_SIZE);
    private final XWing.Encapsulation made = XWing.encapsulate(pair.publicKey(), randomness);

    /** A key pair from its seed. */
    @Benchmark
    public XWing.KeyPair generate() {
        seed[0]++;
        return XWing.generate(seed);
    }

    /** One encapsulation, key import included. */
    @Benchmark
    public XWing.Encapsulation encapsulate() {
        randomness[0]++;
        return XWing.encapsulate(pair.publicKey(), randomness);
    }

    /** One decapsulation of many under one key. */
    @Benchmark
    public Optional<Secret> decapsulate() {
        return expanded.decapsulate(made.ciphertext());
    }

    /** A single decapsulation from the seed. */
    @Benchmark
    public Optional<Secret> decapsulateOnce() {
        return XWing.decapsulate(pair, made.ciphertext());
    }
}
