package org.plainsong.testbed.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;

/** All chance in a run: drawn from its seed, a stream of its own for each purpose, so that one more draw in one place changes nothing elsewhere. */
final class Dice {
    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** The stream for this purpose. */
    static Dice of(long seed, String purpose) {
        return new Dice(new SplittableRandom(
                ByteBuffer.wrap(digest(seed, purpose).unsafeArray()).getLong()));
    }

    /** Bytes for keys and nonces of this purpose. */
    static Randomness bytes(long seed, String purpose) {
        return Randomness.seeded(digest(seed, purpose).unsafeArray());
    }

    private static ByteString digest(long seed, String purpose) {
        ByteString number =
                ByteString.wrap(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        ByteString name = ByteString.wrap(purpose.getBytes(StandardCharsets.UTF_8));
        return Hash.sha256(ByteString.concat(number, name));
    }

    /** A number from the first to the second, both possible. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True in this many of a thousand cases. */
    boolean chance(int permille) {
        return random.nextInt(1000) < permille;
    }

    /** One of them. */
    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
