package org.plainsong.core.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;

/**
 * A second Ed25519, in big integers and straight from RFC 8032 §5.1 and §6, slow and obvious: it judges {@link Ed25519} by
 * the rule that its documentation states, and makes the points and signatures that nobody honest makes.
 */
final class ReferenceEdwards {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE = withY(
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P), 0);
    /** A point of order 8, found as L times a point that is not in the subgroup. */
    static final Point EIGHTH = pointOfOrderEight();

    private ReferenceEdwards() {}

    record Point(BigInteger x, BigInteger y) {
        Point plus(Point other) {
            return Projective.of(this).plus(Projective.of(other)).affine();
        }

        Point times(BigInteger scalar) {
            Projective own = Projective.of(this);
            Projective result = Projective.of(NEUTRAL);
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                result = result.plus(result);
                if (scalar.testBit(bit)) {
                    result = result.plus(own);
                }
            }
            return result.affine();
        }

        ByteString encoded() {
            byte[] bytes = littleEndian(y);
            bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return ByteString.wrap(bytes);
        }

        boolean hasPrimeOrder() {
            return !equals(NEUTRAL) && times(L).equals(NEUTRAL);
        }
    }

    /** x = X/Z, y = Y/Z; the complete addition law of twisted Edwards curves with a = -1. */
    private record Projective(BigInteger x, BigInteger y, BigInteger z) {
        static Projective of(Point point) {
            return new Projective(point.x, point.y, BigInteger.ONE);
        }

        Projective plus(Projective other) {
            BigInteger zz = z.multiply(other.z).mod(P);
            BigInteger xx = x.multiply(other.x).mod(P);
            BigInteger yy = y.multiply(other.y).mod(P);
            BigInteger square = zz.multiply(zz);
            BigInteger product = D.multiply(xx).mod(P).multiply(yy);
            BigInteger minus = square.subtract(product).mod(P);
            BigInteger plus = square.add(product).mod(P);
            BigInteger cross =
                    x.add(y).multiply(other.x.add(other.y)).subtract(xx).subtract(yy);
            return new Projective(
                    zz.multiply(minus).mod(P).multiply(cross).mod(P),
                    zz.multiply(plus).mod(P).multiply(xx.add(yy)).mod(P),
                    minus.multiply(plus).mod(P));
        }

        Point affine() {
            BigInteger inverse = z.modInverse(P);
            return new Point(x.multiply(inverse).mod(P), y.multiply(inverse).mod(P));
        }
    }

    /** The point of this encoding; null if it is not canonical or there is none. */
    static Point decode(ByteString encoded) {
        byte[] bytes = encoded.toByteArray();
        int sign = (bytes[31] & 0x80) >>> 7;
        bytes[31] &= 0x7f;
        BigInteger y = number(bytes);
        return y.compareTo(P) >= 0 ? null : withY(y, sign);
    }

    /** The rule: A and R canonical and of prime order, S below L, [S]B = R + [k]A. */
    static boolean verify(ByteString publicKey, byte[] message, ByteString signature) {
        Point a = decode(publicKey);
        Point r = decode(signature.slice(0, 32));
        BigInteger s = number(signature.slice(32, 64).toByteArray());
        if (a == null || r == null || !a.hasPrimeOrder() || !r.hasPrimeOrder() || s.compareTo(L) >= 0) {
            return false;
        }
        BigInteger k = challenge(signature.slice(0, 32), publicKey, message);
        return BASE.times(s).equals(r.plus(a.times(k)));
    }

    /** {@code SHA-512(R ‖ A ‖ message)} as a number below L. */
    static BigInteger challenge(ByteString r, ByteString a, byte[] message) {
        try {
            java.security.MessageDigest sha512 = java.security.MessageDigest.getInstance("SHA-512");
            sha512.update(r.toByteArray());
            sha512.update(a.toByteArray());
            return number(sha512.digest(message)).mod(L);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static BigInteger number(byte[] littleEndian) {
        byte[] reversed = littleEndian.clone();
        for (int i = 0; i < reversed.length / 2; i++) {
            byte swapped = reversed[i];
            reversed[i] = reversed[reversed.length - 1 - i];
            reversed[reversed.length - 1 - i] = swapped;
        }
        return new BigInteger(1, reversed);
    }

    static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] bytes = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return Arrays.copyOf(bytes, 32);
    }

    static Point withY(BigInteger y, int sign) {
        BigInteger y2 = y.multiply(y);
        BigInteger square = y2.subtract(BigInteger.ONE)
                .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger x = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(square)) {
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
        }
        if (!x.multiply(x).mod(P).equals(square) || (x.signum() == 0 && sign == 1)) {
            return null;
        }
        return new Point(x.testBit(0) == (sign == 1) ? x : P.subtract(x), y);
    }

    private static Point pointOfOrderEight() {
        for (int y = 2; ; y++) {
            Point point = withY(BigInteger.valueOf(y), 0);
            if (point != null) {
                Point torsion = point.times(L);
                if (!torsion.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
                    return torsion;
                }
            }
        }
    }
}
