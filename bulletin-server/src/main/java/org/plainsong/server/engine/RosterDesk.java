package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterOutcome;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/** Roster entries that this server holds and that no epoch rests on yet; they enter the transcript before the opening record that does (protocol §3, §4). */
final class RosterDesk {
    private final SignatureCheck check;
    private final List<Signed<RosterEntry>> held = new ArrayList<>();
    private Roster inForce;

    RosterDesk(Roster inForce, List<Signed<RosterEntry>> stored, SignatureCheck check) {
        this.inForce = inForce;
        this.check = check;
        for (Signed<RosterEntry> entry : stored) {
            if (entry.message().index() > inForce.index()) {
                held.add(entry);
            }
        }
    }

    /** The roster with everything held. */
    Roster latest() {
        Roster roster = inForce;
        for (Signed<RosterEntry> entry : held) {
            roster = accepted(roster, entry);
        }
        return roster;
    }

    /** The roster whose last entry has this hash, if this server can make it; never one before the roster in force. */
    Optional<Roster> at(ByteString hash) {
        Roster roster = inForce;
        for (Signed<RosterEntry> entry : held) {
            if (roster.hash().equals(hash)) {
                return Optional.of(roster);
            }
            roster = accepted(roster, entry);
        }
        return roster.hash().equals(hash) ? Optional.of(roster) : Optional.empty();
    }

    /** The entries that lead from the roster in force to the one with this hash. */
    List<Signed<RosterEntry>> upTo(ByteString hash) {
        List<Signed<RosterEntry>> entries = new ArrayList<>();
        if (inForce.hash().equals(hash)) {
            return entries;
        }
        for (Signed<RosterEntry> entry : held) {
            entries.add(entry);
            if (Hash.sha256(entry.payload()).equals(hash)) {
                return entries;
            }
        }
        throw new IllegalStateException("no roster entry with hash " + hash + " is held");
    }

    /** Everything held, in order. */
    List<Signed<RosterEntry>> held() {
        return List.copyOf(held);
    }

    /** Whether something waits for a new epoch. */
    boolean hasNews() {
        return !held.isEmpty();
    }

    /** Whether this very entry is held or in force. */
    boolean knows(Signed<RosterEntry> entry) {
        if (entry.message().index() == inForce.index()
                && Hash.sha256(entry.payload()).equals(inForce.hash())) {
            return true;
        }
        for (Signed<RosterEntry> one : held) {
            if (one.payload().equals(entry.payload())) {
                return true;
            }
        }
        return false;
    }

    /** Tries to add an entry; empty if it is held from now on, else what is wrong. */
    Optional<String> add(Signed<RosterEntry> entry) {
        return switch (latest().apply(entry, check)) {
            case RosterOutcome.Accepted accepted -> {
                held.add(entry);
                yield Optional.empty();
            }
            case RosterOutcome.Refused refused -> Optional.of(refused.problem().text());
        };
    }

    /** An epoch rests on this roster now. */
    void inForce(Roster roster) {
        inForce = roster;
        held.removeIf(entry -> entry.message().index() <= roster.index());
    }

    private Roster accepted(Roster roster, Signed<RosterEntry> entry) {
        return switch (roster.apply(entry, check)) {
            case RosterOutcome.Accepted accepted -> accepted.roster();
            case RosterOutcome.Refused refused ->
                throw new IllegalStateException(
                        "a held roster entry is refused: " + refused.problem().text());
        };
    }
}
