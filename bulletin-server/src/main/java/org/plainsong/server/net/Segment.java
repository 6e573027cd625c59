package org.plainsong.server.net;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;

/** Bytes on their way from network buffers into an array of a known or bounded size; memory grows with what has come. */
final class Segment {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int FIRST_ALLOCATION = 16_384;
    private static final int GROWTH = 4;

    private final int size;
    private byte[] bytes;
    private int held;

    /** Room for up to this many bytes. */
    Segment(int size) {
        this.size = size;
        this.bytes = new byte[Math.min(size, FIRST_ALLOCATION)];
    }

    int missing() {
        return size - held;
    }

    int held() {
        return held;
    }

    /** Takes this many bytes over, at most {@link #missing()}. */
    void read(ByteBuf source, int count) {
        makeRoom(count);
        source.readBytes(bytes, held, count);
        held += count;
    }

    void append(byte[] source, int count) {
        makeRoom(count);
        System.arraycopy(source, 0, bytes, held, count);
        held += count;
    }

    private void makeRoom(int more) {
        if (bytes.length - held < more) {
            long grown = Math.max((long) GROWTH * bytes.length, (long) held + more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(size, grown));
        }
    }

    /** Takes a WebSocket mask off the last {@code count} bytes, the first of which has position {@code maskAt} under it (RFC 6455 §5.3). */
    void unmaskLast(int count, byte[] mask, int maskAt) {
        byte[] rotated = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            rotated[i] = mask[maskAt + i & 3];
        }
        long eight = (long) LONGS.get(rotated, 0);
        int from = held - count;
        int i = 0;
        for (; i <= count - Long.BYTES; i += Long.BYTES) {
            LONGS.set(bytes, from + i, (long) LONGS.get(bytes, from + i) ^ eight);
        }
        for (; i < count; i++) {
            bytes[from + i] ^= rotated[i & 7];
        }
    }

    /** All that has come; the segment is not used any more. */
    ByteString finish() {
        return ByteString.wrap(bytes.length == held ? bytes : Arrays.copyOf(bytes, held));
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, held);
    }
}
