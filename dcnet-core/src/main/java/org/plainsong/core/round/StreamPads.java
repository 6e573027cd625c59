package org.plainsong.core.round;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadStream;

/**
 * Pads from AES-256-CTR streams, one for each counterpart, kept for the epoch. Calls for disjoint counterparts may run at the same time; one stream serves one call at a
 * time.
 */
public final class StreamPads implements PadSource, AutoCloseable {
    private final @Nullable PadStream[] streams;

    /** Over these streams by position; null where there is no key with a counterpart. They belong to this object from now on. */
    public StreamPads(@Nullable PadStream[] streams) {
        this.streams = streams.clone();
    }

    @Override
    public void xorInto(int[] who, int first, int end, byte[] nonce12, byte[] buffer, int length) {
        PadStream[] chosen = new PadStream[end - first];
        for (int i = first; i < end; i++) {
            chosen[i - first] = stream(who[i]);
        }
        PadKernel.xorInto(chosen, chosen.length, nonce12, buffer, 0, length);
    }

    @Override
    public byte byteAt(int who, byte[] nonce12, long position) {
        return stream(who).byteAt(nonce12, position);
    }

    private PadStream stream(int who) {
        PadStream stream = streams[who];
        if (stream == null) {
            throw new IllegalStateException("there is no pad key with counterpart " + who);
        }
        return stream;
    }

    /** Wipes all keys. */
    @Override
    public void close() {
        for (PadStream stream : streams) {
            if (stream != null) {
                stream.close();
            }
        }
        Arrays.fill(streams, null);
    }
}
