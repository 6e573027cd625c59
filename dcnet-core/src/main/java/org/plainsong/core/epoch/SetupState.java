package org.plainsong.core.epoch;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;

/** Where a setup stands at a server, to be handed back to {@link SetupMachine#step} unlooked at, save for the operators' status. */
public final class SetupState {
    private final Held held;
    private final SetupPhase phase;

    SetupState(Held held, SetupPhase phase) {
        this.held = held;
        this.phase = phase;
    }

    Held held() {
        return held;
    }

    SetupPhase phase() {
        return phase;
    }

    /** Name of the phase, for status and logs. */
    public String phaseName() {
        return phase.getClass().getSimpleName();
    }

    /** Whether the setup has ended, in an epoch or without. */
    public boolean over() {
        return phase instanceof SetupPhase.Opened
                || phase instanceof SetupPhase.Voided
                || phase instanceof SetupPhase.Convicted;
    }

    /** Whether an epoch has come of it. */
    public boolean opened() {
        return phase instanceof SetupPhase.Opened;
    }

    /** Whether this server has signed the opening record and the others' signatures are waited for: nothing more of the old epoch is signed. */
    public boolean signed() {
        return phase instanceof SetupPhase.SigningOpening || phase instanceof SetupPhase.Opened;
    }

    /** The statement that a server has made under a kind of which this phase waits for all M: those who have not. Empty in phases that wait for members. */
    public SortedSet<Integer> waitingFor(int servers) {
        Book.Kind kind = SetupMachine.awaited(phase);
        SortedSet<Integer> missing = new TreeSet<>();
        for (int j = 1; kind != null && j <= servers; j++) {
            Packet<?> there = held.book().server(kind, j);
            if (there == null) {
                missing.add(j);
            }
        }
        return missing;
    }

    /** An enrolment held, by the SHA-256 of its payload, for a server that asks for it. */
    public Optional<Signed<Enrolment>> enrolment(ByteString hash) {
        return Optional.ofNullable(held.book().enrolmentsByHash().get(hash));
    }

    /** Own statements of this setup, in order, with their bodies. */
    public List<Frame> said() {
        return held.said();
    }

    @Override
    public String toString() {
        return phaseName();
    }
}
