package org.plainsong.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.crypto.Hash;

class AddressSetTest {
    @Test
    void holdsWhatWasAddedAndNothingThatDiffersInOneBit() {
        AddressSet set = new AddressSet();
        for (int i = 0; i < 5000; i++) {
            set.add(Hash.sha256(Numbers.u32(i)));
        }
        for (int i = 0; i < 5000; i++) {
            assertThat(set.contains(Hash.sha256(Numbers.u32(i)))).isTrue();
            assertThat(set.contains(Hash.sha256(Numbers.u32(i + 5000)))).isFalse();
        }
        byte[] one = Hash.sha256(Numbers.u32(7)).toByteArray();
        for (int bit = 0; bit < 256; bit++) {
            byte[] other = one.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(set.contains(ByteString.wrap(other))).as("bit %d", bit).isFalse();
        }
    }
}
