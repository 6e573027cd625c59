package org.plainsong.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteStringTest {
    @Test
    void copiesWhatItIsMadeOfAndWhatItGivesAway() {
        byte[] source = {1, 2, 3};
        ByteString made = ByteString.of(source);
        source[0] = 9;
        made.toByteArray()[1] = 9;

        assertThat(made.hex()).isEqualTo("010203");
        assertThat(made.at(2)).isEqualTo((byte) 3);
        assertThat(made.size()).isEqualTo(3);
    }

    @Test
    void isEqualByItsBytesAlone() {
        ByteString one = ByteString.fromHex("00ff10");

        assertThat(one)
                .isEqualTo(ByteString.of((byte) 0, (byte) 255, (byte) 16))
                .hasSameHashCodeAs(one.slice(0, 3));
        assertThat(one).isNotEqualTo(ByteString.fromHex("00ff11")).isNotEqualTo(ByteString.fromHex("00ff"));
        assertThat(ByteString.wrap(new byte[0])).isSameAs(ByteString.EMPTY);
    }

    @Test
    void sortsByUnsignedBytesAndShorterPrefixFirst() {
        List<ByteString> sorted = List.of("", "00", "0000", "007f", "0080", "00ff", "01", "7f", "80", "ff").stream()
                .map(ByteString::fromHex)
                .toList();

        assertThat(sorted.reversed().stream().sorted()).containsExactlyElementsOf(sorted);
    }

    @Test
    void joinsAndCutsAtEveryPlace() {
        byte[] bytes = new byte[40];
        new Random(1).nextBytes(bytes);
        ByteString whole = ByteString.of(bytes);
        for (int cut = 0; cut <= 40; cut++) {
            assertThat(ByteString.concat(whole.slice(0, cut), ByteString.EMPTY, whole.slice(cut, 40)))
                    .isEqualTo(whole);
            assertThat(whole.startsWith(whole.slice(0, cut))).isTrue();
        }
        assertThat(whole.slice(0, 5).startsWith(whole)).isFalse();
        assertThat(whole.startsWith(whole.slice(1, 5))).isFalse();
        for (int[] range : new int[][] {{-1, 3}, {4, 3}, {0, 41}}) {
            assertThatThrownBy(() -> whole.slice(range[0], range[1])).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void refusesTextThatIsNotHexadecimal() {
        for (String bad : List.of("0", "0g", "00 11", "0x00")) {
            assertThatThrownBy(() -> ByteString.fromHex(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void showsItsBeginningAndLengthInText() {
        assertThat(ByteString.fromHex("0123456789abcdef")).hasToString("01234567… (8 bytes)");
        assertThat(ByteString.fromHex("0123")).hasToString("0123 (2 bytes)");
    }
}
