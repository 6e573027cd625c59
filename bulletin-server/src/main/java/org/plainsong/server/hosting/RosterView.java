package org.plainsong.server.hosting;

import org.plainsong.core.group.Roster;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** The newest roster that this server has accepted, also ahead of the transcript: who may connect. Written by one thread, read by any. */
final class RosterView {
    private final SignatureCheck check;
    private volatile Roster roster;

    RosterView(Signed<GroupDefinition> definition, SignatureCheck check) {
        this.check = check;
        this.roster = Roster.genesis(definition, check)
                .accepted()
                .orElseThrow(() -> new IllegalStateException("a hosted group's definition does not hold"));
    }

    Roster roster() {
        return roster;
    }

    /** Goes on with an entry of the transcript, if it is of the roster and new. */
    boolean see(Entry entry) {
        if (entry.kind() != Entry.ROSTER) {
            return false;
        }
        try {
            return hold(Envelopes.decode(entry.envelopes().get(0), RosterEntry.class));
        } catch (FormatException e) {
            throw new IllegalStateException("the transcript holds a roster entry that cannot be read", e);
        }
    }

    /** Goes on with a roster entry, if it is the next one; whether it was. */
    boolean hold(Signed<RosterEntry> entry) {
        if (entry.message().index() != roster.index() + 1) {
            return false;
        }
        return roster.apply(entry, check)
                .accepted()
                .map(next -> {
                    roster = next;
                    return true;
                })
                .orElse(false);
    }
}
