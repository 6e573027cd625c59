package org.plainsong.audit;

import org.plainsong.core.group.MemberState;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Check;
import org.plainsong.core.transcript.Entry;

/** Counts what a transcript holds, entry by entry. */
final class FigureCount {
    private long epochs;
    private long rounds;
    private long failedAttempts;
    private long valid;
    private long silent;
    private long garbled;

    void count(Entry entry, Applied.Extended extended, Tally tally) {
        switch (entry.kind()) {
            case Entry.OPENING_RECORD -> epochs++;
            case Entry.RECORD -> rounds++;
            case Entry.FAILED_RECORD -> failedAttempts++;
            default -> {
                // Definition and roster entries are counted by the checks alone.
            }
        }
        extended.round()
                .ifPresent(round -> round.reading().frames().values().forEach(frame -> {
                    switch (frame) {
                        case SlotFrame.Valid v -> valid++;
                        case SlotFrame.Silent s -> silent++;
                        case SlotFrame.Garbled g -> garbled++;
                    }
                    tally.hold(Check.T48_SLOTS, 1);
                }));
    }

    SourceReport.Figures figures(Chain chain) {
        int servers = chain.hasGroup() ? chain.roster().serverCount() : 0;
        long members = !chain.hasGroup()
                ? 0
                : chain.roster().members().values().stream()
                        .filter(member -> member.state() != MemberState.REMOVED)
                        .count();
        return new SourceReport.Figures(
                chain.size(),
                epochs,
                rounds,
                failedAttempts,
                servers,
                (int) members,
                valid,
                silent,
                garbled,
                chain.timeMillis());
    }
}
