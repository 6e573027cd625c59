package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import tools.jackson.databind.JsonNode;

class HashTest {
    @Test
    void givesTheStandardsSha256() {
        for (JsonNode vector : VectorFile.cases("sha256")) {
            ByteString message = VectorFile.string(vector, "message");
            ByteString expected = VectorFile.string(vector, "hash");
            int half = message.size() / 2;

            assertThat(Hash.sha256(message)).isEqualTo(expected);
            assertThat(Hash.sha256(message.slice(0, half), message.slice(half, message.size())))
                    .isEqualTo(expected);
            assertThat(Hash.sha256(message.toByteArray(), new byte[0])).isEqualTo(expected);
        }
    }

    @Test
    void framesLabelAndPartsByTheirLengths() {
        // 1 byte label length, the label, then 8 bytes of length before each part.
        ByteString framed = ByteString.concat(
                ByteString.of((byte) 15),
                ByteString.of("plainsong-1 pad".getBytes(StandardCharsets.US_ASCII)),
                ByteString.fromHex("0000000000000002"),
                ByteString.fromHex("abcd"),
                ByteString.fromHex("0000000000000000"));

        assertThat(Hash.labelled(Labels.PAD, ByteString.fromHex("abcd"), ByteString.EMPTY))
                .isEqualTo(Hash.sha256(framed));
    }

    @Test
    void tellsApartPartsThatAreCutDifferently() {
        ByteString ab = ByteString.fromHex("6162");
        ByteString a = ab.slice(0, 1);
        ByteString b = ab.slice(1, 2);

        assertThat(Set.of(
                        Hash.labelled(Labels.RUN, ab),
                        Hash.labelled(Labels.RUN, a, b),
                        Hash.labelled(Labels.RUN, b, a),
                        Hash.labelled(Labels.RUN, ab, ByteString.EMPTY),
                        Hash.labelled(Labels.RUN),
                        Hash.labelled(Labels.CHAIN, ab)))
                .hasSize(6);
    }

    @Test
    void hasOneLabelForEachUse() {
        Set<String> texts = new HashSet<>();
        for (Labels label : Labels.values()) {
            assertThat(label.text()).startsWith("plainsong-1 ").isPrintable().hasSizeLessThan(256);
            assertThat(label.bytes()).isEqualTo(label.text().getBytes(StandardCharsets.US_ASCII));
            assertThat(texts.add(label.text())).as(label.text()).isTrue();
            Arrays.fill(label.bytes(), (byte) 0);
            assertThat(label.bytes()[0]).isEqualTo((byte) 'p');
        }
    }
}
