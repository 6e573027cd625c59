package org.plainsong.core.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds secret bytes until they are wiped. It has no encoder, shows nothing in text and is compared in constant time;
 * reading it takes a call of {@link #expose()}, which a search through the code finds.
 *
 * <p>Equality by {@code equals} is identity, so that a secret never ends up compared or hashed by a collection. Not safe for
 * a thread that wipes while another reads: the owner of a secret decides when it ends.
 */
public final class Secret implements AutoCloseable {
    private byte @Nullable [] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret over this very array, which from now on belongs to it and will be zeroed by {@link #wipe()}. */
    public static Secret wrap(byte[] owned) {
        return new Secret(owned);
    }

    /** A secret with a copy of these bytes; the caller wipes their own. */
    public static Secret copyOf(byte[] copied) {
        return new Secret(copied.clone());
    }

    /**
     * The inner array itself: read it, do not keep it, do not write to it.
     *
     * @throws IllegalStateException if the secret has been wiped
     */
    public byte[] expose() {
        byte[] present = bytes;
        if (present == null) {
            throw new IllegalStateException("secret used after it was wiped");
        }
        return present;
    }

    /** Number of bytes. */
    public int size() {
        return expose().length;
    }

    /** Another secret with the same bytes, to be wiped on its own. */
    public Secret copy() {
        return copyOf(expose());
    }

    /** True if both hold the same bytes, in a time that depends on the lengths only. */
    public boolean constantTimeEquals(Secret other) {
        return ConstantTime.equal(expose(), other.expose());
    }

    /** True once the bytes are gone. */
    public boolean isWiped() {
        return bytes == null;
    }

    /** Zeroes the bytes and lets go of them. Doing it twice does nothing. */
    public void wipe() {
        byte[] present = bytes;
        if (present != null) {
            Arrays.fill(present, (byte) 0);
            bytes = null;
        }
    }

    /** The same as {@link #wipe()}, for try-with-resources. */
    @Override
    public void close() {
        wipe();
    }

    /** Says that there is a secret, nothing about it. */
    @Override
    public String toString() {
        return bytes == null ? "Secret(wiped)" : "Secret(…)";
    }
}
