package org.plainsong.testbed.bench.jmh;

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
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Randomness;

/** The signature of every statement, header and frame (protocol §2). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Ed25519Benchmark {
    private static final int MESSAGES = 64;
    private static final int MESSAGE_SIZE = 250;

    private final Randomness random = Randomness.seeded(new byte[] {1});
    private final Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(Ed25519.SEED_SIZE));
    private final Ed25519.VerifyingKey decoded =
            Ed25519.VerifyingKey.decode(key.publicKey()).orElseThrow();
    private final byte[][] messages = new byte[MESSAGES][];
    private final ByteString[] signatures = new ByteString[MESSAGES];
    private int next;

    /** Signs the messages that will be verified. */
    public Ed25519Benchmark() {
        for (int i = 0; i < MESSAGES; i++) {
            messages[i] = random.bytes(MESSAGE_SIZE);
            signatures[i] = key.sign(messages[i]);
        }
    }

    /** One signature. */
    @Benchmark
    public ByteString sign() {
        return key.sign(messages[next++ % MESSAGES]);
    }

    /** One verification under a key that was decoded before. */
    @Benchmark
    public boolean verify() {
        int i = next++ % MESSAGES;
        return decoded.verify(messages[i], signatures[i]);
    }

    /** One verification under a key that was never seen. */
    @Benchmark
    public boolean verifyOnce() {
        int i = next++ % MESSAGES;
        return Ed25519.verify(key.publicKey(), messages[i], signatures[i]);
    }
}
