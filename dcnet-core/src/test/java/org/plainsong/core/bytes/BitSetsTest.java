package org.plainsong.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BitSetsTest {
    @Test
    void putsPositionZeroIntoTheHighestBit() {
        assertThat(BitSets.of(10, List.of(0, 7, 9)).hex()).isEqualTo("8140");
        assertThat(BitSets.positions(ByteString.fromHex("8140"))).containsExactly(0, 7, 9);
        assertThat(BitSets.contains(ByteString.fromHex("8140"), 9)).isTrue();
        assertThat(BitSets.contains(ByteString.fromHex("8140"), 8)).isFalse();
        assertThat(BitSets.contains(ByteString.fromHex("8140"), 99)).isFalse();
        assertThat(BitSets.count(ByteString.fromHex("8140"))).isEqualTo(3);
    }

    @Test
    void knowsASetByItsSizeAndUnusedBits() {
        assertThat(BitSets.isOver(ByteString.fromHex("8140"), 10)).isTrue();
        assertThat(BitSets.isOver(ByteString.fromHex("8120"), 10)).isFalse();
        assertThat(BitSets.isOver(ByteString.fromHex("81"), 10)).isFalse();
        assertThat(BitSets.isOver(ByteString.fromHex("ff"), 8)).isTrue();
        assertThat(BitSets.isOver(ByteString.EMPTY, 0)).isTrue();
    }

    @Test
    void intersectsAndUnites() {
        ByteString one = BitSets.of(10, i -> i < 5);
        ByteString other = BitSets.of(10, i -> i % 2 == 0);
        assertThat(BitSets.positions(BitSets.and(one, other))).containsExactly(0, 2, 4);
        assertThat(BitSets.positions(BitSets.or(one, other))).containsExactly(0, 1, 2, 3, 4, 6, 8);
        assertThatThrownBy(() -> BitSets.and(one, BitSets.none(20))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> BitSets.of(10, List.of(10))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersAreBigEndianAndFit() {
        assertThat(Numbers.u16(258).hex()).isEqualTo("0102");
        assertThat(Numbers.u64(258).hex()).isEqualTo("0000000000000102");
        assertThat(Numbers.u32(0xffff_ffffL).hex()).isEqualTo("ffffffff");
        assertThat(Numbers.u8(255).hex()).isEqualTo("ff");
        assertThatThrownBy(() -> Numbers.u8(256)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Numbers.u64(-1)).isInstanceOf(IllegalStateException.class);
    }
}
