package org.plainsong.testbed.sim;

import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** The newest roster that a server's driver knows: who may say anything at all. */
final class RosterView {
    private final SignatureCheck check;
    private Roster roster;

    private RosterView(Roster roster, SignatureCheck check) {
        this.roster = roster;
        this.check = check;
    }

    static RosterView of(Signed<GroupDefinition> definition, SignatureCheck check) {
        return switch (Roster.genesis(definition, check)) {
            case RosterOutcome.Accepted accepted -> new RosterView(accepted.roster(), check);
            case RosterOutcome.Refused refused ->
                throw new IllegalStateException(
                        "the simulated group is refused: " + refused.problem().text());
        };
    }

    Roster roster() {
        return roster;
    }

    void held(Signed<RosterEntry> entry) {
        if (roster.apply(entry, check) instanceof RosterOutcome.Accepted accepted) {
            roster = accepted.roster();
        }
    }

    void appended(Entry entry) {
        if (entry.kind() == Entry.ROSTER) {
            try {
                held(Envelopes.decode(entry.envelopes().getFirst(), RosterEntry.class));
            } catch (FormatException e) {
                throw new IllegalStateException("a server adds a roster entry that cannot be read", e);
            }
        }
    }

    /** Whether each signature is of somebody who has a say in the group, and good. */
    boolean wellSigned(Signed<?> signed) {
        for (Signature signature : signed.signatures()) {
            PublicKey key = signature.signer();
            boolean known = roster.serverNumber(key).isPresent()
                    || roster.memberByKey(key).isPresent()
                    || roster.admins().stream().anyMatch(admin -> admin.key().equals(key));
            if (!known) {
                return false;
            }
        }
        return check.allGood(signed);
    }
}
