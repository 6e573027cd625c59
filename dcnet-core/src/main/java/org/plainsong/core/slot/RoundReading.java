package org.plainsong.core.slot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.PublicKey;

/**
 * What a certified output says, slot by slot (protocol §5.1). Reading it takes one signature check for each open slot that is not silent; who needs both posts and
 * the next layout reads once.
 */
public final class RoundReading {
    private final SortedMap<Integer, SlotFrame.Reading> frames;
    private final ByteString requests;

    private RoundReading(SortedMap<Integer, SlotFrame.Reading> frames, ByteString requests) {
        this.frames = frames;
        this.requests = requests;
    }

    /**
     * Reads an output.
     *
     * @param at the attempt that was certified
     * @param layout its round's layout
     * @param slotKeys the epoch's slot keys, in order
     * @param output exactly as many bytes as the layout has
     */
    public static RoundReading of(AttemptId at, Layout layout, List<PublicKey> slotKeys, ByteString output) {
        if (output.size() != layout.totalBytes() || slotKeys.size() != layout.slots() || at.round() != layout.round()) {
            throw new IllegalStateException("an output of " + output.size() + " bytes for round " + at.round() + " and "
                    + slotKeys.size() + " slot keys do not fit the " + layout);
        }
        SortedMap<Integer, SlotFrame.Reading> frames = new TreeMap<>();
        byte[] bytes = output.unsafeArray();
        for (int s = 0; s < layout.slots(); s++) {
            if (layout.isOpen(s)) {
                ByteString slot = output.slice(layout.offset(s), layout.offset(s) + layout.length(s));
                frames.put(s, SlotFrame.open(at, slotKeys.get(s), slot));
            }
        }
        ByteString requests = BitSets.of(layout.slots(), s -> !layout.isOpen(s) && bytes[layout.offset(s)] != 0);
        return new RoundReading(frames, requests);
    }

    /** Whether a closed slot asks to be opened; false for an open one. */
    public boolean requested(int slot) {
        return BitSets.contains(requests, slot);
    }

    /** What stands in an open slot. */
    public SlotFrame.Reading frame(int slot) {
        SlotFrame.Reading frame = frames.get(slot);
        if (frame == null) {
            throw new IllegalStateException("slot " + slot + " was closed in this round");
        }
        return frame;
    }

    /** The open slots and what stands in them, ascending by slot. */
    public SortedMap<Integer, SlotFrame.Reading> frames() {
        return Collections.unmodifiableSortedMap(frames);
    }

    /** Open slots whose blame request is not zero, ascending: each asks for an accusation run (protocol §6). */
    public List<Integer> blameRequests() {
        List<Integer> asking = new ArrayList<>();
        frames.forEach((slot, reading) -> {
            if (reading.blameRequest() != 0) {
                asking.add(slot);
            }
        });
        return asking;
    }
}
