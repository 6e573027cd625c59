package org.plainsong.core.epoch;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;

/** What can happen to a setup at a server. Each carries the server's clock, Unix milliseconds. */
public sealed interface SetupEvent {
    /** The server's clock. */
    long atMillis();

    /**
     * A statement of a server or a member, whoever brought it: of this epoch, of any kind in {@code Message.OfSetup} and {@code OfShuffle}, or a {@code Failed}
     * of round 0. All its signatures are good. Others are ignored.
     */
    record Received(Packet<?> packet, long atMillis) implements SetupEvent {}

    /** The time of the last {@link SetupEffect.SetDeadline} has come; too early or late ones do nothing. */
    record DeadlinePassed(long atMillis) implements SetupEvent {}

    /** Which members are connected to this server now; at the start and after every change. Whoever is new gets what the phase has for it. */
    record Connected(SortedSet<MemberId> members, long atMillis) implements SetupEvent {
        /** Copies the set. */
        public Connected {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }
    }

    /** The link to a server has come up (again): it gets all that this server has said in this setup. */
    record PeerUp(int server, long atMillis) implements SetupEvent {}

    /** The result of a {@link SetupEffect.Work}. */
    record WorkDone(SetupWork.Result result, long atMillis) implements SetupEvent {}
}
