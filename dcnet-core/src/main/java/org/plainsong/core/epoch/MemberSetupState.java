package org.plainsong.core.epoch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;

/**
 * Where a member's setup stands; never changed, each step gives a new one. Holds the epoch's secrets, in memory only; what may go to the vault is
 * {@link #kept()}.
 */
public final class MemberSetupState {
    private final KeptEnrolment kept;
    private final Optional<InMemory> live;
    private final Progress progress;

    private MemberSetupState(KeptEnrolment kept, Optional<InMemory> live, Progress progress) {
        this.kept = kept;
        this.live = live;
        this.progress = progress;
    }

    /**
     * What a restart loses: with it a member takes part, without it it only answers for what it has sent.
     *
     * @param terms the announcements it enrolled under
     * @param pads K_ij by server number
     * @param names slot keys in the order of the items
     */
    record InMemory(Terms terms, List<Secret> pads, List<Ed25519.SigningKey> names) {}

    /**
     * What has happened.
     *
     * @param said own statements, in order, for servers that connect again
     * @param hops the signed chain that was seen
     * @param confirmation own answer to it
     * @param stopped the servers' words that the run has ended
     * @param revealed whether an inner seed of the run has been seen: nothing is opened any more
     * @param tagsOpened servers whose encapsulation has been opened
     * @param itemsOpened indexes of opened items
     * @param decided whether the opening record has been seen
     */
    record Progress(
            List<Packet<?>> said,
            List<Signed<Hop>> hops,
            Optional<Signed<Confirmation>> confirmation,
            SortedMap<Integer, Signed<Stopped>> stopped,
            boolean revealed,
            SortedSet<Integer> tagsOpened,
            SortedSet<Integer> itemsOpened,
            boolean decided) {
        static Progress none() {
            return new Progress(
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    new TreeMap<>(),
                    false,
                    new TreeSet<>(),
                    new TreeSet<>(),
                    false);
        }

        Progress withSaid(Packet<?> packet) {
            List<Packet<?>> more = new ArrayList<>(said);
            more.add(packet);
            return new Progress(
                    List.copyOf(more), hops, confirmation, stopped, revealed, tagsOpened, itemsOpened, decided);
        }

        Progress withAnswer(List<Signed<Hop>> chain, Signed<Confirmation> answer) {
            return new Progress(said, chain, Optional.of(answer), stopped, revealed, tagsOpened, itemsOpened, decided);
        }

        Progress withStopped(Signed<Stopped> statement) {
            SortedMap<Integer, Signed<Stopped>> more = new TreeMap<>(stopped);
            more.putIfAbsent(statement.message().server(), statement);
            return new Progress(said, hops, confirmation, more, revealed, tagsOpened, itemsOpened, decided);
        }

        Progress withRevealed() {
            return new Progress(said, hops, confirmation, stopped, true, tagsOpened, itemsOpened, decided);
        }

        Progress withTagOpened(int server) {
            SortedSet<Integer> more = new TreeSet<>(tagsOpened);
            more.add(server);
            return new Progress(said, hops, confirmation, stopped, revealed, more, itemsOpened, decided);
        }

        Progress withItemOpened(int index) {
            SortedSet<Integer> more = new TreeSet<>(itemsOpened);
            more.add(index);
            return new Progress(said, hops, confirmation, stopped, revealed, tagsOpened, more, decided);
        }

        Progress withDecided() {
            return new Progress(said, hops, confirmation, stopped, revealed, tagsOpened, itemsOpened, true);
        }
    }

    static MemberSetupState enrolled(KeptEnrolment kept, InMemory live) {
        return new MemberSetupState(kept, Optional.of(live), Progress.none());
    }

    static MemberSetupState returned(KeptEnrolment kept) {
        return new MemberSetupState(kept, Optional.empty(), Progress.none());
    }

    MemberSetupState with(Progress next) {
        return new MemberSetupState(kept, live, next);
    }

    Optional<InMemory> live() {
        return live;
    }

    Progress progress() {
        return progress;
    }

    /** What to keep in the vault, on disk before the enrolment leaves. */
    public KeptEnrolment kept() {
        return kept;
    }

    /** The epoch. */
    public EpochId epoch() {
        return kept.epoch();
    }

    /** The announcements enrolled under, by server number; empty after a restart. */
    public List<Signed<Announcement>> announcements() {
        return live.map(l -> l.terms().announcements()).orElse(List.of());
    }

    /** Own statements of this setup, in order: what every server must get, and gets again on a new connection. */
    public List<Packet<?>> said() {
        return Collections.unmodifiableList(progress.said());
    }

    /** Whether the member has confirmed that its items are all there. */
    public boolean confirmed() {
        return progress.confirmation().map(c -> c.message().ok()).orElse(false);
    }

    /** Whether the opening record has been seen. */
    public boolean decided() {
        return progress.decided();
    }

    /** The setup has come to nothing: pad secrets and slot keys are wiped, what may be asked for later stays. */
    public void wipeLive() {
        live.ifPresent(l -> {
            l.pads().forEach(Secret::wipe);
            l.names().forEach(Ed25519.SigningKey::close);
        });
    }
}
