package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AeadTest {
    @Test
    void sealsAndOpensTheStandardsVectors() {
        for (JsonNode vector : VectorFile.cases("aes-256-gcm")) {
            byte[] key = VectorFile.bytes(vector, "key");
            byte[] nonce = VectorFile.bytes(vector, "nonce");
            byte[] aad = VectorFile.bytes(vector, "aad");
            byte[] plaintext = VectorFile.bytes(vector, "plaintext");
            byte[] sealed = VectorFile.bytes(vector, "sealed");

            assertThat(Aead.seal(key, nonce, aad, plaintext)).isEqualTo(sealed);
            assertThat(Aead.open(key, nonce, aad, sealed)).hasValue(plaintext);
        }
    }

    @Test
    void opensNothingInWhichOneBitWasChanged() {
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        byte[] aad = {7};
        byte[] sealed = Aead.seal(key, nonce, aad, new byte[] {1, 2, 3});
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Aead.open(key, nonce, aad, changed)).as("bit %d", bit).isEmpty();
        }
        for (int size = 0; size < sealed.length; size++) {
            assertThat(Aead.open(key, nonce, aad, Arrays.copyOf(sealed, size))).isEmpty();
        }
        assertThat(Aead.open(key, nonce, new byte[0], sealed)).isEmpty();
    }

    @Test
    void refusesKeysAndNoncesOfOtherSizes() {
        byte[] none = {};
        assertThatThrownBy(() -> Aead.seal(new byte[16], new byte[12], none, none))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Aead.seal(new byte[32], new byte[16], none, none))
                .isInstanceOf(IllegalStateException.class);
    }
}
