package org.plainsong.core.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;

/** Signatures to accept and to refuse, with the reason, for {@code docs/vectors/signature.json}. */
final class SignatureVectors {
    private final Randomness random = Randomness.seeded("signatures".getBytes(StandardCharsets.US_ASCII));
    private final List<Object> good = new ArrayList<>();
    private final List<Object> bad = new ArrayList<>();

    private SignatureVectors() {}

    static Map<String, Object> all() {
        SignatureVectors vectors = new SignatureVectors();
        vectors.make();
        return PrimitiveVectors.object(
                "description",
                "Ed25519 (protocol §2). Accepted: publicKey and R (the first half of the signature) canonical encodings of"
                        + " points of prime order, S below that order, [S]B = R + [k]A. bad is refused for the reason"
                        + " given: where a point has a part of small order, the equation holds when"
                        + " multiplied by the cofactor 8.",
                "good",
                vectors.good,
                "bad",
                vectors.bad);
    }

    private void make() {
        byte[] message = random.bytes(24);
        try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(random.bytes(32))) {
            ByteString signature = key.sign(message);
            good.add(PrimitiveVectors.object(
                    "seed", PrimitiveVectors.hex(key.seed().expose()),
                    "publicKey", key.publicKey().hex(),
                    "message", PrimitiveVectors.hex(message),
                    "signature", signature.hex()));
            refused("other message", key.publicKey(), random.bytes(24), signature);
            refused("63 bytes", key.publicKey(), message, signature.slice(0, 63));
            BigInteger s = ReferenceEdwards.number(signature.slice(32, 64).toByteArray());
            ByteString larger = ByteString.wrap(ReferenceEdwards.littleEndian(s.add(ReferenceEdwards.L)));
            refused(
                    "S is not below the order",
                    key.publicKey(),
                    message,
                    ByteString.concat(signature.slice(0, 32), larger));
        }
        for (int torsion : new int[] {1, 2, 4}) {
            int order = 8 / torsion;
            torsioned("publicKey has a part of order " + order, scalar(), torsion, scalar(), 0);
            torsioned("R has a part of order " + order, scalar(), 0, scalar(), torsion);
            torsioned("both have a part of order " + order, scalar(), torsion, scalar(), torsion);
            torsioned("publicKey has order " + order, BigInteger.ZERO, torsion, scalar(), 0);
            torsioned("R has order " + order, scalar(), 0, BigInteger.ZERO, torsion);
        }
        torsioned("publicKey is the neutral point", BigInteger.ZERO, 0, scalar(), 0);
        torsioned("R is the neutral point", scalar(), 0, BigInteger.ZERO, 0);
        notCanonical();
    }

    /** R = neutral point in its second encoding, and a key whose y has one: the equation itself holds for the points. */
    private void notCanonical() {
        BigInteger a = scalar();
        ByteString key = ReferenceEdwards.BASE.times(a).encoded();
        byte[] message = random.bytes(24);
        ByteString secondNeutral =
                ByteString.wrap(ReferenceEdwards.littleEndian(ReferenceEdwards.P.add(BigInteger.ONE)));
        BigInteger k = ReferenceEdwards.challenge(secondNeutral, key, message);
        BigInteger s = k.multiply(a).mod(ReferenceEdwards.L);
        refused(
                "R is not a canonical encoding",
                key,
                message,
                ByteString.concat(secondNeutral, ByteString.wrap(ReferenceEdwards.littleEndian(s))));
        BigInteger r = scalar();
        ByteString encodedR = ReferenceEdwards.BASE.times(r).encoded();
        refused(
                "publicKey is not a canonical encoding",
                secondNeutral,
                message,
                ByteString.concat(encodedR, ByteString.wrap(ReferenceEdwards.littleEndian(r))));
    }

    private void torsioned(String reason, BigInteger a, int torsionOfA, BigInteger r, int torsionOfR) {
        byte[] message = random.bytes(24);
        ByteString key = plusTorsion(a, torsionOfA).encoded();
        ByteString encodedR = plusTorsion(r, torsionOfR).encoded();
        BigInteger s = r.add(ReferenceEdwards.challenge(encodedR, key, message).multiply(a));
        refused(
                reason,
                key,
                message,
                ByteString.concat(encodedR, ByteString.wrap(ReferenceEdwards.littleEndian(s.mod(ReferenceEdwards.L)))));
    }

    private static ReferenceEdwards.Point plusTorsion(BigInteger scalar, int eighths) {
        return ReferenceEdwards.BASE.times(scalar).plus(ReferenceEdwards.EIGHTH.times(BigInteger.valueOf(eighths)));
    }

    private void refused(String reason, ByteString key, byte[] message, ByteString signature) {
        if (Ed25519.verify(key, message, signature)) {
            throw new IllegalStateException("accepted although " + reason);
        }
        bad.add(PrimitiveVectors.object(
                "reason", reason,
                "publicKey", key.hex(),
                "message", PrimitiveVectors.hex(message),
                "signature", signature.hex()));
    }

    private BigInteger scalar() {
        return ReferenceEdwards.number(random.bytes(40)).mod(ReferenceEdwards.L);
    }
}
