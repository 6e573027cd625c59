package org.plainsong.core.pad;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/**
 * The AES-256-CTR keystream of one pad key: initial counter block {@code nonce (12) ‖ 32-bit block counter} from 0
 * (protocol §5.2).
 *
 * <p>Holds one JCE cipher for the whole epoch: making one costs 2 µs and a new key 0.4 µs, while a new nonce under the key
 * that it has already costs 0.05 µs. Not safe for several threads at once.
 */
public final class PadStream implements AutoCloseable {
    /** Bytes of an AES block: the unit in which a stream can be entered. */
    public static final int BLOCK_SIZE = 16;
    /** Bytes after which the 32-bit block counter of one nonce would run over. */
    public static final long MAX_LENGTH = BLOCK_SIZE * (1L << 32);

    private final Cipher cipher;
    private final PadAesKey key;

    PadStream(byte[] key) {
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-CTR", e);
        }
        this.key = new PadAesKey(key.clone());
    }

    /**
     * The single keystream byte at {@code position}, counted from 0, under this nonce: what a server shows of a pad in a
     * trace (protocol §6).
     */
    public byte byteAt(byte[] nonce12, long position) {
        long start = position & -BLOCK_SIZE;
        startAt(PadKernel.counterBlock(nonce12, start));
        byte[] block = new byte[BLOCK_SIZE];
        byte[] stream = new byte[BLOCK_SIZE];
        xor(block, stream, BLOCK_SIZE);
        return stream[(int) (position - start)];
    }

    /** Moves to a counter block; all streams of a round share the one parameter object. */
    void startAt(AlgorithmParameterSpec counterBlock) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, counterBlock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR refused a pad key or nonce", e);
        }
    }

    /** The next {@code length} keystream bytes XOR {@code from}, into {@code to}, a different array. */
    void xor(byte[] from, byte[] to, int length) {
        try {
            cipher.update(from, 0, length, to, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("no room for " + length + " keystream bytes", e);
        }
    }

    /** Wipes the key and leaves the cipher with a key of zeros; the stream cannot be used any more. */
    @Override
    public void close() {
        key.destroy();
        try {
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new PadAesKey(new byte[PadKey.SIZE]),
                    new IvParameterSpec(new byte[BLOCK_SIZE]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR refused a key of zeros", e);
        }
    }

    /** An AES key that can be wiped, which {@code SecretKeySpec} cannot. */
    private static final class PadAesKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;
        private transient boolean destroyed;

        PadAesKey(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        /** A copy: the cipher zeroes what it gets. */
        @Override
        public byte[] getEncoded() {
            if (destroyed) {
                throw new IllegalStateException("pad stream used after it was closed");
            }
            return bytes.clone();
        }

        @Override
        public void destroy() {
            Arrays.fill(bytes, (byte) 0);
            destroyed = true;
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }
    }
}
