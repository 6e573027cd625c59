package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import tools.jackson.databind.JsonNode;

class HkdfTest {
    @Test
    void givesTheKeysOfRfc5869() {
        for (JsonNode vector : VectorFile.cases("hkdf-sha256")) {
            assertThat(Hkdf.derive(
                            VectorFile.bytes(vector, "salt"),
                            VectorFile.bytes(vector, "ikm"),
                            VectorFile.bytes(vector, "info"),
                            vector.get("length").asInt()))
                    .isEqualTo(VectorFile.bytes(vector, "okm"));
        }
    }

    @Test
    void givesTheTagsOfRfc4231() {
        for (JsonNode vector : VectorFile.cases("hmac-sha256")) {
            assertThat(Hmac.sha256(VectorFile.bytes(vector, "key"), VectorFile.bytes(vector, "message")))
                    .isEqualTo(VectorFile.bytes(vector, "tag"));
        }
    }

    @Test
    void takesAnEmptySaltForThirtyTwoZeroBytes() {
        byte[] ikm = {1, 2, 3};

        assertThat(Hkdf.derive(new byte[0], ikm, ikm, 40)).isEqualTo(Hkdf.derive(new byte[32], ikm, ikm, 40));
    }

    @Test
    void putsTheLabelBeforeTheExtraInfo() {
        byte[] ikm = {1, 2, 3};
        ByteString extra = ByteString.fromHex("a0b0");
        byte[] info =
                ByteString.concat(ByteString.wrap(Labels.PAD.bytes()), extra).toByteArray();

        assertThat(Hkdf.derive(ByteString.EMPTY, ikm, Labels.PAD, extra, 32))
                .isEqualTo(Hkdf.derive(new byte[0], ikm, info, 32));
    }

    @Test
    void refusesLengthsThatHkdfCannotGive() {
        byte[] any = {1};
        for (int length : new int[] {-1, 0, Hkdf.MAX_LENGTH + 1}) {
            assertThatThrownBy(() -> Hkdf.derive(any, any, any, length)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Hkdf.derive(any, any, any, Hkdf.MAX_LENGTH)).hasSize(8160);
    }
}
