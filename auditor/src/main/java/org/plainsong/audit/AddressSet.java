package org.plainsong.audit;

import java.nio.ByteBuffer;
import org.plainsong.core.bytes.ByteString;

/**
 * Addresses of blobs, their 32 bytes folded to 16 each, so that a million of them take less than 50 MB. Two addresses that fold to one value count as one: a
 * single changed bit never does that, and whoever makes such a pair on purpose only hides a file that nothing names.
 */
final class AddressSet {
    private static final int FIRST_SLOTS = 1024;

    private long[] slots = new long[2 * FIRST_SLOTS];
    private int size;

    /** Adds an address. */
    void add(ByteString address) {
        if (3 * (size + 1) > slots.length) {
            grow();
        }
        put(high(address), low(address));
    }

    /** Whether the address has been added. */
    boolean contains(ByteString address) {
        long high = high(address);
        long low = low(address);
        int at = find(high, low);
        return slots[at + 1] == low && slots[at] == high;
    }

    private static long high(ByteString address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.unsafeArray());
        return bytes.getLong(0)
                ^ Long.rotateLeft(bytes.getLong(16), 17)
                ^ ((bytes.getLong(8) ^ Long.rotateLeft(bytes.getLong(24), 31)) & 1) << 40;
    }

    /** Never 0, which stands for a free place: its lowest bit is set, and what that hides goes into the other half. */
    private static long low(ByteString address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.unsafeArray());
        return (bytes.getLong(8) ^ Long.rotateLeft(bytes.getLong(24), 31)) | 1;
    }

    /** Position of the pair, or of the free place where it would stand. */
    private int find(long high, long low) {
        int places = slots.length / 2;
        int place = (int) Math.floorMod(high ^ low >>> 17, (long) places);
        while (slots[2 * place + 1] != 0 && (slots[2 * place] != high || slots[2 * place + 1] != low)) {
            place = place + 1 == places ? 0 : place + 1;
        }
        return 2 * place;
    }

    private void put(long high, long low) {
        int at = find(high, low);
        if (slots[at + 1] == 0) {
            slots[at] = high;
            slots[at + 1] = low;
            size++;
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        size = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }
}
