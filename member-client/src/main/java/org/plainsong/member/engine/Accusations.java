package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.RoundView;

/**
 * Finds bits of own slots that somebody flipped from 0 to 1, keeps one for each slot and asks for an accusation run in the next frame of
 * that slot (protocol §6.1).
 */
final class Accusations {
    private final Map<Integer, AccusedBit> open = new TreeMap<>();
    private final List<AccusedBit> asked = new ArrayList<>();

    /** Looks at an own slot of a certified round: what was written there, none for zeros only, and what came out. */
    void inspect(RoundView round, int slot, Optional<ByteString> written) {
        boolean heard = false;
        if (round.before().layout().isOpen(slot)) {
            SlotFrame.Reading reading = round.reading().frame(slot);
            heard = reading instanceof SlotFrame.Valid && reading.blameRequest() != 0;
        }
        AccusedBit waiting = open.get(slot);
        if (heard && waiting != null) {
            open.remove(slot);
            asked.add(waiting);
        }
        int offset = round.before().layout().offset(slot);
        int length = round.before().layout().length(slot);
        flipped(round.output(), offset, length, written)
                .ifPresent(bit -> open.putIfAbsent(
                        slot, new AccusedBit(round.record().message().at(), slot, bit)));
    }

    /** Whether a request for an accusation run is to go out in this slot. */
    boolean isOpen(int slot) {
        return open.containsKey(slot);
    }

    /** Accused bits whose request stands in a certified record, for the accusation run that follows. */
    List<AccusedBit> asked() {
        return List.copyOf(asked);
    }

    /** The first bit that was 0 and came out 1. */
    private static Optional<Integer> flipped(ByteString output, int offset, int length, Optional<ByteString> written) {
        for (int i = 0; i < length; i++) {
            int before = written.isPresent() ? written.get().at(i) : 0;
            int extra = output.at(offset + i) & ~before & 0xff;
            if (extra != 0) {
                return Optional.of(8 * i + Integer.numberOfLeadingZeros(extra << 24));
            }
        }
        return Optional.empty();
    }
}
