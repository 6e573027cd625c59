package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import tools.jackson.databind.JsonNode;

class Ed25519Test {
    private final Randomness random = Randomness.seeded("ed25519".getBytes(StandardCharsets.US_ASCII));

    @Test
    void signsAndVerifiesTheVectorsOfRfc8032() {
        for (JsonNode vector : VectorFile.cases("ed25519")) {
            byte[] message = VectorFile.bytes(vector, "message");
            ByteString signature = VectorFile.string(vector, "signature");
            try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(VectorFile.bytes(vector, "seed"))) {
                assertThat(key.publicKey()).isEqualTo(VectorFile.string(vector, "publicKey"));
                assertThat(key.sign(message)).isEqualTo(signature);
                assertThat(Ed25519.verify(key.publicKey(), message, signature)).isTrue();
                assertThat(ReferenceEdwards.verify(key.publicKey(), message, signature))
                        .isTrue();
            }
        }
    }

    @Test
    void refusesEveryChangeOfOneBit() {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32));
        byte[] message = random.bytes(20);
        ByteString signature = key.sign(message);
        for (int bit = 0; bit < 512; bit++) {
            assertThat(Ed25519.verify(key.publicKey(), message, flipped(signature, bit)))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 256; bit++) {
            assertThat(Ed25519.verify(flipped(key.publicKey(), bit), message, signature))
                    .isFalse();
        }
        assertThat(Ed25519.verify(key.publicKey(), random.bytes(20), signature)).isFalse();
        assertThat(Ed25519.verify(key.publicKey(), message, signature.slice(0, 63)))
                .isFalse();
        assertThat(Ed25519.verify(key.publicKey().slice(0, 31), message, signature))
                .isFalse();
        assertThat(Ed25519.verify(ByteString.EMPTY, message, ByteString.EMPTY)).isFalse();
    }

    @Test
    void acceptsKeysOfPrimeOrderOnly() {
        ReferenceEdwards.Point torsion = ReferenceEdwards.NEUTRAL;
        for (int t = 0; t < 8; t++) {
            assertThat(Ed25519.isAcceptablePublicKey(torsion.encoded()))
                    .as("%d times T", t)
                    .isFalse();
            for (int i = 0; i < 5; i++) {
                ReferenceEdwards.Point prime = ReferenceEdwards.BASE.times(scalar());
                assertThat(Ed25519.isAcceptablePublicKey(prime.plus(torsion).encoded()))
                        .as("prime order plus %d times T", t)
                        .isEqualTo(t == 0);
            }
            torsion = torsion.plus(ReferenceEdwards.EIGHTH);
        }
        assertThat(torsion).isEqualTo(ReferenceEdwards.NEUTRAL);
    }

    @Test
    void judgesTheOrderOfAPointAsMultiplyingByTheOrderDoes() {
        int prime = 0;
        int points = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] encoded = random.bytes(32);
            boolean expected = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(encoded, 0);
            assertThat(PrimeOrder.has(encoded, 0)).isEqualTo(expected);
            prime += expected ? 1 : 0;
            points += org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartial(encoded, 0) ? 1 : 0;
        }
        // Half of all encodings are points, and one in eight of those has prime order.
        assertThat(points).isBetween(900, 1100);
        assertThat(prime).isBetween(80, 170);
    }

    @Test
    void refusesEncodingsThatAreNotCanonical() {
        // y from 0 to 18 has a second encoding, y + p, and x = 0 a second sign.
        List<ByteString> encodings = new ArrayList<>();
        for (int y = 0; y < 19; y++) {
            for (int sign = 0; sign < 2; sign++) {
                byte[] bytes = ReferenceEdwards.littleEndian(ReferenceEdwards.P.add(BigInteger.valueOf(y)));
                bytes[31] |= (byte) (sign << 7);
                encodings.add(ByteString.wrap(bytes));
            }
        }
        encodings.add(ByteString.fromHex("01" + "00".repeat(30) + "80"));
        encodings.add(ByteString.fromHex("ec" + "ff".repeat(31)));
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32));
        ByteString signature = key.sign(new byte[1]);
        for (ByteString encoding : encodings) {
            assertThat(Ed25519.isAcceptablePublicKey(encoding))
                    .as(encoding.hex())
                    .isFalse();
            assertThat(Ed25519.verify(
                            key.publicKey(), new byte[1], ByteString.concat(encoding, signature.slice(32, 64))))
                    .isFalse();
        }
    }

    @Test
    void judgesSignaturesWithTorsionAsTheRuleSaysInEveryCombination() {
        // Conditions 0 to 5 of "Taming the many EdDSAs" (eprint 2020/1244): small and mixed A and R, made to satisfy
        // the
        // equation with cofactor always and the one without in some cases.
        ReferenceEdwards.Point eighth = ReferenceEdwards.EIGHTH;
        int accepted = 0;
        int bouncyCastleAccepts = 0;
        for (int ta = 0; ta < 8; ta++) {
            for (int tr = 0; tr < 8; tr++) {
                for (int kind = 0; kind < 3; kind++) {
                    BigInteger a = kind == 1 ? BigInteger.ZERO : scalar();
                    BigInteger r = kind == 2 ? BigInteger.ZERO : scalar();
                    byte[] message = random.bytes(8);
                    ByteString key = ReferenceEdwards.BASE
                            .times(a)
                            .plus(eighth.times(BigInteger.valueOf(ta)))
                            .encoded();
                    ByteString signature = sign(a, key, r, eighth.times(BigInteger.valueOf(tr)), message);

                    boolean expected = ReferenceEdwards.verify(key, message, signature);
                    assertThat(Ed25519.verify(key, message, signature))
                            .as("A + %d T, R + %d T, kind %d", ta, tr, kind)
                            .isEqualTo(expected);
                    accepted += expected ? 1 : 0;
                    bouncyCastleAccepts += org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                                    signature.unsafeArray(), 0, key.unsafeArray(), 0, message, 0, message.length)
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(accepted).isEqualTo(1);
        // Why the rule is enforced here and not left to the library: it takes more than either equation says.
        assertThat(bouncyCastleAccepts).isGreaterThan(accepted);
    }

    @Test
    void refusesASecondScalarForTheSameSignature() {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32));
        byte[] message = random.bytes(5);
        ByteString signature = key.sign(message);
        BigInteger s = ReferenceEdwards.number(signature.slice(32, 64).toByteArray());
        for (int times = 1; times < 15; times++) {
            BigInteger larger = s.add(ReferenceEdwards.L.multiply(BigInteger.valueOf(times)));
            ByteString other =
                    ByteString.concat(signature.slice(0, 32), ByteString.wrap(ReferenceEdwards.littleEndian(larger)));
            assertThat(Ed25519.verify(key.publicKey(), message, other))
                    .as("S + %d L", times)
                    .isFalse();
        }
    }

    @Test
    void agreesWithTheReferenceOnHonestSignatures() {
        for (int i = 0; i < 100; i++) {
            Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32));
            byte[] message = random.bytes(i);
            ByteString signature = key.sign(message);
            Ed25519.VerifyingKey decoded =
                    Ed25519.VerifyingKey.decode(key.publicKey()).orElseThrow();

            assertThat(decoded.encoded()).isEqualTo(key.publicKey());
            assertThat(decoded.verify(message, signature)).isTrue();
            assertThat(i % 10 != 0 || ReferenceEdwards.verify(key.publicKey(), message, signature))
                    .isTrue();
        }
    }

    @Test
    void cannotSignAfterItWasClosed() {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32));
        key.close();

        assertThatThrownBy(() -> key.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Ed25519.SigningKey.fromSeed(new byte[31])).isInstanceOf(IllegalStateException.class);
    }

    /** A signature whose R has a part of small order; S belongs to the part of prime order. */
    private static ByteString sign(
            BigInteger a, ByteString key, BigInteger r, ReferenceEdwards.Point torsion, byte[] message) {
        ByteString encodedR = ReferenceEdwards.BASE.times(r).plus(torsion).encoded();
        BigInteger k = ReferenceEdwards.challenge(encodedR, key, message);
        BigInteger s = r.add(k.multiply(a)).mod(ReferenceEdwards.L);
        return ByteString.concat(encodedR, ByteString.wrap(ReferenceEdwards.littleEndian(s)));
    }

    private BigInteger scalar() {
        return ReferenceEdwards.number(random.bytes(40)).mod(ReferenceEdwards.L);
    }

    private static ByteString flipped(ByteString bytes, int bit) {
        byte[] changed = bytes.toByteArray();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return ByteString.wrap(changed);
    }
}
