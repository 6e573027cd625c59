package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class Argon2Test {
    @Test
    void givesTheTagOfRfc9106() {
        JsonNode vector = VectorFile.cases("argon2id").get(0);
        Argon2Parameters.Builder parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withSalt(VectorFile.bytes(vector, "salt"))
                .withSecret(VectorFile.bytes(vector, "secret"))
                .withAdditional(VectorFile.bytes(vector, "associated"))
                .withMemoryAsKB(vector.get("memoryKiB").asInt())
                .withIterations(vector.get("iterations").asInt())
                .withParallelism(vector.get("parallelism").asInt());

        assertThat(Argon2.tag(VectorFile.bytes(vector, "passphrase"), parameters))
                .isEqualTo(VectorFile.bytes(vector, "tag"));
    }

    @Test
    void givesTheTagOfTheReferenceImplementation() {
        JsonNode vector = VectorFile.cases("argon2id").get(1);

        assertThat(Argon2.derive(
                        VectorFile.bytes(vector, "passphrase"),
                        VectorFile.bytes(vector, "salt"),
                        vector.get("memoryKiB").asInt(),
                        vector.get("iterations").asInt(),
                        vector.get("parallelism").asInt()))
                .isEqualTo(VectorFile.bytes(vector, "tag"));
    }

    @Test
    void refusesParametersThatArgon2DoesNotAllow() {
        byte[] salt = new byte[16];
        assertThatThrownBy(() -> Argon2.derive(salt, new byte[7], 64, 1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Argon2.derive(salt, salt, 7, 1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Argon2.derive(salt, salt, 64, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Argon2.derive(salt, salt, 64, 1, 9)).isInstanceOf(IllegalStateException.class);
    }
}
