package org.plainsong.core.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Tells whether an encoded point of edwards25519 has prime order, for a quarter of what multiplying it by the order costs.
 *
 * <p>The group E is cyclic of order 8L, so a point P has order L, or is neutral, exactly if it is eight times another one.
 * Take E in its Montgomery form {@code v² = u(u² + Au + 1)} and {@code E': Y² = X(X - A - 2)(X - A + 2)} with the isogenies
 * φ: E → E' and φ': E' → E whose products are doubling. Since φ'(E') = 2E, P is in 8E exactly if it is φ'(R) for an R in
 * 4E'.
 *
 * <ul>
 *   <li>{@code φ'(X, Y) = (Y²/4X², …)}: R exists if {@code u = w²}; then {@code X = 2u + A ± 2q} with {@code q² = u² + Au +
 *       1}, and {@code Y = 2Xw}. The signs of w and q choose between the R of P and of -P and between R and R + (0, 0); all
 *       give the same answer below.
 *   <li>R is in 4E' if its reduced Tate pairings with generators of the rational points of order 4 are one: with (0, 0),
 *       which is the quadratic character of X and holds for one of R and R + (0, 0); and with T, where 2T = (A + 2, 0). The
 *       function of T is {@code (Y - (t + 2)(X - A - 2))² / (X - A - 2)} with {@code t² = A + 2}, the pairing its power {@code
 *       (p - 1)/4}. The sign of t is chosen so that the pairing of T with (0, 0) is one: then R and R + (0, 0) do not differ.
 * </ul>
 *
 * <p>Three exponentiations in all, against 252 doublings. After Koshelev, <i>Subgroup membership testing on elliptic curves
 * via the Tate pairing</i>, and Pornin, <i>Point-Halving and Subgroup Membership in Twisted Edwards Curves</i>. For public
 * values only: the time depends on the point.
 */
final class PrimeOrder {
    /** The coefficient A of curve25519. */
    private static final int A = 486662;

    private static final int[] ONE = small(1);
    private static final int[] COEFFICIENT = small(A);
    /** t + 2, the slope of the tangent at T. */
    private static final int[] SLOPE = slope();

    private PrimeOrder() {}

    /**
     * True if the 32 bytes from {@code offset} on are a point of order L. Whether they encode it canonically is for the
     * caller to check; the sign of x does not matter.
     */
    static boolean has(byte[] encoded, int offset) {
        int[] y = X25519Field.create();
        X25519Field.decode255(encoded, offset, y, 0);
        // u = (1 + y)/(1 - y); with y = 1 or -1 there is no point of prime order, and the last step says so.
        int[] w = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(sum(ONE, y), difference(ONE, y), w)) {
            return false;
        }
        int[] u = product(w, w);
        int[] q = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(sum(product(u, sum(u, COEFFICIENT)), ONE), ONE, q)) {
            return false;
        }
        int[] uq = sum(u, q);
        int[] x = sum(sum(uq, uq), COEFFICIENT);
        int[] m = difference(uq, ONE);
        int[] fromRoot = sum(m, m);
        int[] tangent = difference(product(x, sum(w, w)), product(SLOPE, fromRoot));
        // Dividing by fromRoot is as good as multiplying by its cube: they differ by a fourth power.
        int[] value = product(product(squared(tangent, 1), squared(fromRoot, 1)), fromRoot);
        return isFourthPower(value);
    }

    /** True if {@code z^((p-1)/4) = 1}; not so for 0. */
    private static boolean isFourthPower(int[] z) {
        return isOne(product(squared(toThe252Minus3(z), 1), z));
    }

    /** {@code z^((p-5)/8)}, that is z to the power 2^252 - 3. */
    private static int[] toThe252Minus3(int[] z) {
        int[] z2 = product(squared(z, 1), z);
        int[] z4 = product(squared(z2, 2), z2);
        int[] z5 = product(squared(z4, 1), z);
        int[] z10 = product(squared(z5, 5), z5);
        int[] z20 = product(squared(z10, 10), z10);
        int[] z40 = product(squared(z20, 20), z20);
        int[] z50 = product(squared(z40, 10), z10);
        int[] z100 = product(squared(z50, 50), z50);
        int[] z200 = product(squared(z100, 100), z100);
        int[] z250 = product(squared(z200, 50), z50);
        return product(squared(z250, 2), z);
    }

    /** t + 2 for the root t of A + 2 with which t(t + 2), the X of T, is no square. */
    private static int[] slope() {
        int[] t = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(small(A + 2), ONE, t)) {
            throw new IllegalStateException("A + 2 has no root: this is not the field of curve25519");
        }
        int[] two = small(2);
        int[] scratch = X25519Field.create();
        if (X25519Field.sqrtRatioVar(product(t, sum(t, two)), ONE, scratch)) {
            X25519Field.negate(t, t);
            X25519Field.carry(t);
        }
        return sum(t, two);
    }

    private static boolean isOne(int[] a) {
        X25519Field.normalize(a);
        return X25519Field.isOneVar(a);
    }

    private static int[] squared(int[] z, int times) {
        int[] result = X25519Field.create();
        X25519Field.sqr(z, times, result);
        return result;
    }

    private static int[] product(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.mul(a, b, result);
        return result;
    }

    private static int[] sum(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.add(a, b, result);
        X25519Field.carry(result);
        return result;
    }

    private static int[] difference(int[] a, int[] b) {
        int[] result = X25519Field.create();
        X25519Field.sub(a, b, result);
        X25519Field.carry(result);
        return result;
    }

    private static int[] small(int value) {
        int[] result = X25519Field.create();
        X25519Field.one(result);
        X25519Field.mul(result, value, result);
        return result;
    }
}
