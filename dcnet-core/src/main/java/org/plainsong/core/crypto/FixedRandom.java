package org.plainsong.core.crypto;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.plainsong.core.SuppressForbidden;

/**
 * Gives out exactly the bytes it was made with, once and in order. The JDK's ML-KEM draws {@code d}, {@code z} and {@code m}
 * from a {@code SecureRandom} and has no other way to be told them; here they must be told, because showing them later is a
 * proof (protocol §4.1, §4.3). A draw beyond them is our bug, and so are bytes left over: the JDK has then computed something
 * else than the standard's function of these bytes.
 */
@SuppressForbidden("no randomness: it only hands over bytes that the caller gave, in the one form that the JDK takes")
final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Bytes bytes;

    FixedRandom(byte[] bytes) {
        this(new Bytes(bytes));
    }

    private FixedRandom(Bytes bytes) {
        super(bytes, null);
        this.bytes = bytes;
    }

    /** Fails unless all bytes have been drawn. */
    void requireUsedUp() {
        if (bytes.drawn != bytes.all.length) {
            throw new IllegalStateException(
                    "ML-KEM drew " + bytes.drawn + " of " + bytes.all.length + " bytes that it should have drawn");
        }
    }

    private static final class Bytes extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient byte[] all;
        private int drawn;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        protected void engineNextBytes(byte[] target) {
            if (target.length > all.length - drawn) {
                throw new IllegalStateException(
                        "ML-KEM drew " + target.length + " bytes where " + (all.length - drawn) + " were left");
            }
            System.arraycopy(all, drawn, target, 0, target.length);
            drawn += target.length;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new IllegalStateException("fixed bytes take no seed");
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            throw new IllegalStateException("fixed bytes give no seed");
        }
    }
}
