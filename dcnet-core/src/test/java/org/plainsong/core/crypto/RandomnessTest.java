package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomnessTest {
    @Test
    void givesTheSameBytesForTheSeedHoweverTheyAreDrawn() {
        byte[] seed = {1, 2, 3};
        byte[] whole = Randomness.seeded(seed).bytes(1000);
        Randomness again = Randomness.seeded(seed);
        byte[] pieces = new byte[1000];
        for (int at = 0, size = 0; at < 1000; at += size) {
            size = Math.min(1000 - at, size + 1);
            System.arraycopy(again.bytes(size), 0, pieces, at, size);
        }

        assertThat(pieces).isEqualTo(whole);
        assertThat(Randomness.seeded(new byte[] {1, 2, 4}).bytes(1000)).isNotEqualTo(whole);
    }

    @Test
    void beginsWithTheHmacOfCounterZero() {
        byte[] seed = {9};

        assertThat(Randomness.seeded(seed).bytes(32)).isEqualTo(Hmac.sha256(seed, new byte[8]));
    }
}
