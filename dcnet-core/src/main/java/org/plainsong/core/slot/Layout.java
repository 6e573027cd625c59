package org.plainsong.core.slot;

import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Numbers;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Policy;

/**
 * Which length each slot has in a round, computed alike by everyone from the records alone (protocol §5.1). Immutable. All attempts of a round have one layout.
 */
public final class Layout {
    private final EpochId epoch;
    private final long round;
    private final byte[] classes;
    private final byte[] garbled;
    private final byte[] silent;
    /** offsets[s] is where slot s begins, offsets[slots] the size of the vector. */
    private final int[] offsets;

    private final int open;
    private final ByteString hash;

    private Layout(EpochId epoch, long round, byte[] classes, byte[] garbled, byte[] silent) {
        this.epoch = epoch;
        this.round = round;
        this.classes = classes;
        this.garbled = garbled;
        this.silent = silent;
        this.offsets = new int[classes.length + 1];
        int counted = 0;
        for (int s = 0; s < classes.length; s++) {
            offsets[s + 1] = Math.addExact(offsets[s], LengthClasses.bytes(classes[s]));
            counted += classes[s] == LengthClasses.CLOSED ? 0 : 1;
        }
        this.open = counted;
        this.hash = Hash.labelled(Labels.LAYOUT, epoch.value(), Numbers.u64(round), ByteString.of(classes));
    }

    /** The layout of round 1: every slot closed. */
    public static Layout first(EpochId epoch, int slots) {
        return new Layout(epoch, 1, new byte[slots], new byte[slots], new byte[slots]);
    }

    /** A layout of any round with these classes and no garbled or silent rounds counted, for tests and vectors. */
    public static Layout of(EpochId epoch, long round, byte[] classes) {
        return new Layout(epoch, round, classes.clone(), new byte[classes.length], new byte[classes.length]);
    }

    /** The epoch whose slots they are. */
    public EpochId epoch() {
        return epoch;
    }

    /** The round, from 1. */
    public long round() {
        return round;
    }

    /** Number of slots. */
    public int slots() {
        return classes.length;
    }

    /** Class of a slot, see {@link LengthClasses}. */
    public int lengthClass(int slot) {
        return classes[slot];
    }

    /** Whether a slot is open. */
    public boolean isOpen(int slot) {
        return classes[slot] != LengthClasses.CLOSED;
    }

    /** Whether any slot is open: what the cadence depends on (protocol §5.6). */
    public boolean anyOpen() {
        return open > 0;
    }

    /** How many slots are open. */
    public int openSlots() {
        return open;
    }

    /** Where a slot begins in the vector, in bytes. */
    public int offset(int slot) {
        return offsets[slot];
    }

    /** Bytes of a slot. */
    public int length(int slot) {
        return offsets[slot + 1] - offsets[slot];
    }

    /** Bytes of the vector. */
    public int totalBytes() {
        return offsets[classes.length];
    }

    /** The slot that holds this byte of the vector. */
    public int slotAt(int position) {
        if (position < 0 || position >= totalBytes()) {
            throw new IndexOutOfBoundsException("byte " + position + " of a vector of " + totalBytes());
        }
        int found = Arrays.binarySearch(offsets, position);
        return found >= 0 ? found : -found - 2;
    }

    /** For how many rounds in a row a slot has been garbled. */
    public int garbledRounds(int slot) {
        return garbled[slot];
    }

    /** For how many rounds in a row a slot has been open and carried nothing. */
    public int silentRounds(int slot) {
        return silent[slot];
    }

    /** What headers and {@code A} name: the labelled hash "layout" over epoch, round and classes. */
    public ByteString hash() {
        return hash;
    }

    /** The layout of the next round, given what stood in this one (protocol §5.1). */
    public Layout next(RoundReading reading, Policy policy) {
        int slots = slots();
        byte[] wishes = new byte[slots];
        byte[] nextGarbled = new byte[slots];
        byte[] nextSilent = new byte[slots];
        for (int s = 0; s < slots; s++) {
            if (!isOpen(s)) {
                wishes[s] = (byte)
                        (reading.requested(s)
                                ? LengthClasses.ofBytes(policy.defaultSlotBytes())
                                : LengthClasses.CLOSED);
                continue;
            }
            switch (reading.frame(s)) {
                case SlotFrame.Silent ignored -> wishes[s] = LengthClasses.CLOSED;
                case SlotFrame.Valid frame -> {
                    nextSilent[s] = (byte) (frame.body().isEmpty() ? silent[s] + 1 : 0);
                    wishes[s] = (byte)
                            (nextSilent[s] > policy.silentRounds() ? LengthClasses.CLOSED : granted(frame, policy));
                }
                case SlotFrame.Garbled ignored -> {
                    nextGarbled[s] = (byte) (garbled[s] + 1);
                    nextSilent[s] = silent[s];
                    wishes[s] = nextGarbled[s] > policy.garbledRounds() ? LengthClasses.CLOSED : classes[s];
                }
            }
        }
        return grant(wishes, nextGarbled, nextSilent, policy.maxRoundBytes());
    }

    /** A wish above the longest slot is no wish. */
    private static int granted(SlotFrame.Valid frame, Policy policy) {
        int longest = LengthClasses.ofBytes(policy.maxSlotBytes());
        return frame.nextLength() <= longest ? frame.nextLength() : LengthClasses.CLOSED;
    }

    /** Grants within the budget, from the slot on that rotates with the round; one byte of each slot is set aside first. */
    private Layout grant(byte[] wishes, byte[] nextGarbled, byte[] nextSilent, int budget) {
        int slots = wishes.length;
        long nextRound = round + 1;
        int remaining = Math.max(0, budget - slots);
        byte[] granted = new byte[slots];
        for (int i = 0; i < slots; i++) {
            int s = (int) ((nextRound + i) % slots);
            int fitting = wishes[s];
            while (fitting > LengthClasses.CLOSED && LengthClasses.bytes(fitting) - 1 > remaining) {
                fitting--;
            }
            granted[s] = (byte) fitting;
            if (fitting == LengthClasses.CLOSED) {
                nextGarbled[s] = 0;
                nextSilent[s] = 0;
            } else {
                remaining -= LengthClasses.bytes(fitting) - 1;
            }
        }
        return new Layout(epoch, nextRound, granted, nextGarbled, nextSilent);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout that
                && hash.equals(that.hash)
                && Arrays.equals(garbled, that.garbled)
                && Arrays.equals(silent, that.silent);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** Round and size, without the slots. */
    @Override
    public String toString() {
        return "layout of round " + round + ": " + slots() + " slots, " + open + " open, " + totalBytes() + " bytes";
    }
}
