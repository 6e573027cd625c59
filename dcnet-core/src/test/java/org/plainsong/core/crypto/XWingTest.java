package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import tools.jackson.databind.JsonNode;

class XWingTest {
    private final Randomness random = Randomness.seeded("x-wing".getBytes(StandardCharsets.US_ASCII));

    @Test
    void givesTheDraftsKeysCiphertextsAndSecrets() {
        SHAKEDigest inputs = new SHAKEDigest(128);
        for (JsonNode vector : VectorFile.cases("xwing")) {
            byte[] seed = VectorFile.bytes(vector, "seed");
            byte[] eseed = VectorFile.bytes(vector, "eseed");
            XWing.KeyPair pair = XWing.generate(seed);
            XWing.Encapsulation made = XWing.encapsulate(pair.publicKey(), eseed);

            assertThat(squeeze(inputs, 32)).isEqualTo(seed);
            assertThat(squeeze(inputs, 64)).isEqualTo(eseed);
            assertThat(Hash.sha256(pair.publicKey())).isEqualTo(VectorFile.string(vector, "publicKeySha256"));
            assertThat(Hash.sha256(made.ciphertext())).isEqualTo(VectorFile.string(vector, "ciphertextSha256"));
            assertThat(made.sharedSecret().expose()).isEqualTo(VectorFile.bytes(vector, "sharedSecret"));
            assertThat(XWing.decapsulate(pair, made.ciphertext()).orElseThrow().expose())
                    .isEqualTo(VectorFile.bytes(vector, "sharedSecret"));
        }
    }

    @Test
    void makesTheMlKemKeyOfNistsVector() {
        JsonNode vector = VectorFile.cases("ml-kem-768").getFirst();
        byte[] dz = ByteString.concat(VectorFile.string(vector, "d"), VectorFile.string(vector, "z"))
                .toByteArray();
        byte[] key = new byte[MlKem768.PUBLIC_KEY_SIZE];
        MlKem768.PrivateKey.expand(dz).copyPublicKey(key, 0);

        assertThat(key).startsWith(VectorFile.bytes(vector, "ekBegins"));
        assertThat(key).endsWith(VectorFile.bytes(vector, "ekEnds"));
        org.bouncycastle.crypto.digests.SHA3Digest sha3 = new org.bouncycastle.crypto.digests.SHA3Digest(256);
        sha3.update(key, 0, key.length);
        byte[] hash = new byte[32];
        sha3.doFinal(hash, 0);
        assertThat(hash).isEqualTo(VectorFile.bytes(vector, "hEk"));
    }

    @Test
    void agreesWithASecondMlKemImplementationAlsoOnCiphertextsNobodyMade() {
        for (int i = 0; i < 50; i++) {
            byte[] dz = random.bytes(64);
            byte[] m = random.bytes(32);
            MLKEMPrivateKeyParameters theirs = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, dz);
            byte[] key = new byte[MlKem768.PUBLIC_KEY_SIZE];
            MlKem768.PrivateKey ours = MlKem768.PrivateKey.expand(dz);
            ours.copyPublicKey(key, 0);
            assertThat(key).isEqualTo(theirs.getPublicKey());

            var made = MLKEMGenerator.internalGenerateEncapsulated(
                    new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, key), m);
            MlKem768.Encapsulated encapsulated = MlKem768.encapsulate(key, 0, m);
            assertThat(encapsulated.ciphertext().toByteArray()).isEqualTo(made.getEncapsulation());
            assertThat(encapsulated.sharedSecret().expose()).isEqualTo(made.getSecret());
            assertThat(ours.decapsulate(made.getEncapsulation())).isEqualTo(made.getSecret());

            byte[] changed = made.getEncapsulation();
            changed[i * 20] ^= 4;
            assertThat(ours.decapsulate(changed))
                    .isEqualTo(new MLKEMExtractor(theirs).extractSecret(changed))
                    .isNotEqualTo(made.getSecret());
        }
    }

    @Test
    void givesTheX25519ResultsOfRfc7748() {
        for (JsonNode vector : VectorFile.cases("x25519")) {
            byte[] result = new byte[32];
            X25519.scalarMult(VectorFile.bytes(vector, "scalar"), 0, VectorFile.bytes(vector, "u"), 0, result, 0);
            assertThat(result).isEqualTo(VectorFile.bytes(vector, "result"));
        }
    }

    @Test
    void refusesPublicKeysWithACoefficientBeyondTheModulus() {
        ByteString good = XWing.generate(random.bytes(32)).publicKey();
        assertThat(XWing.isAcceptablePublicKey(good)).isTrue();
        for (int coefficient = 0; coefficient < 768; coefficient += 1 + coefficient % 7) {
            assertThat(XWing.isAcceptablePublicKey(withCoefficient(good, coefficient, 3328)))
                    .isTrue();
            for (int value : new int[] {3329, 4095}) {
                ByteString bad = withCoefficient(good, coefficient, value);
                assertThat(XWing.isAcceptablePublicKey(bad)).isFalse();
                assertThatThrownBy(() -> XWing.encapsulate(bad, new byte[64]))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(XWing.isAcceptablePublicKey(good.slice(0, 1215))).isFalse();
        assertThat(XWing.isAcceptablePublicKey(ByteString.concat(good, ByteString.of((byte) 0))))
                .isFalse();
    }

    @Test
    void givesAnotherSecretForEveryChangedCiphertextAndNoneForAnotherLength() {
        XWing.KeyPair pair = XWing.generate(random.bytes(32));
        XWing.Encapsulation made = XWing.encapsulate(pair.publicKey(), random.bytes(64));
        try (XWing.ExpandedKey key = XWing.ExpandedKey.of(pair.seed())) {
            assertThat(key.publicKey()).isEqualTo(pair.publicKey());
            for (int at = 0; at < XWing.CIPHERTEXT_SIZE; at += 31) {
                byte[] changed = made.ciphertext().toByteArray();
                changed[at] ^= 1;
                Secret other = key.decapsulate(ByteString.wrap(changed)).orElseThrow();
                assertThat(other.constantTimeEquals(made.sharedSecret())).isFalse();
            }
            assertThat(key.decapsulate(made.ciphertext().slice(0, 1119))).isEmpty();
            assertThat(key.decapsulate(ByteString.concat(made.ciphertext(), ByteString.of((byte) 0))))
                    .isEmpty();
        }
    }

    @Test
    void doesNotRefuseAnAllZeroX25519Result() {
        XWing.KeyPair pair = XWing.generate(random.bytes(32));
        byte[] key = pair.publicKey().toByteArray();
        Arrays.fill(key, MlKem768.PUBLIC_KEY_SIZE, key.length, (byte) 0);
        XWing.Encapsulation made = XWing.encapsulate(ByteString.wrap(key), random.bytes(64));
        byte[] ciphertext = made.ciphertext().toByteArray();
        Arrays.fill(ciphertext, MlKem768.CIPHERTEXT_SIZE, ciphertext.length, (byte) 0);

        assertThat(made.sharedSecret().size()).isEqualTo(32);
        assertThat(XWing.decapsulate(pair, ByteString.wrap(ciphertext))).isPresent();
    }

    @Test
    void cannotBeUsedAfterItWasClosed() {
        XWing.KeyPair pair = XWing.generate(random.bytes(32));
        XWing.ExpandedKey key = XWing.ExpandedKey.of(pair.seed());
        ByteString ciphertext =
                XWing.encapsulate(pair.publicKey(), random.bytes(64)).ciphertext();
        key.close();

        assertThatThrownBy(() -> key.decapsulate(ciphertext)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesSeedsAndRandomnessOfTheRightSizeOnly() {
        ByteString key = XWing.generate(random.bytes(32)).publicKey();

        assertThatThrownBy(() -> XWing.generate(new byte[31])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> XWing.encapsulate(key, new byte[63])).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] squeeze(SHAKEDigest shake, int count) {
        byte[] bytes = new byte[count];
        shake.doOutput(bytes, 0, count);
        return bytes;
    }

    /** The key with one 12-bit coefficient replaced (FIPS 203 §4.2.1, ByteEncode12). */
    private static ByteString withCoefficient(ByteString key, int index, int value) {
        byte[] bytes = key.toByteArray();
        int at = index / 2 * 3;
        if (index % 2 == 0) {
            bytes[at] = (byte) value;
            bytes[at + 1] = (byte) ((bytes[at + 1] & 0xf0) | (value >>> 8));
        } else {
            bytes[at + 1] = (byte) ((bytes[at + 1] & 0x0f) | ((value & 0x0f) << 4));
            bytes[at + 2] = (byte) (value >>> 4);
        }
        return ByteString.wrap(bytes);
    }
}
