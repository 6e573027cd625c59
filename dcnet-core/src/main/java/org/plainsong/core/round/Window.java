package org.plainsong.core.round;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/**
 * A server's window for one attempt: takes submissions, hellos and late confirmations and knows when to close (protocol §5.3). Mutable, for one thread; time comes in
 * as arguments (Unix milliseconds). Outer signatures have been checked by whoever hands statements in.
 */
public final class Window {
    private static final int PER_MILLE = 1000;

    private final AttemptContext attempt;
    private final ByteString ownExpected;
    private final int ownExpectedCount;
    private final long openedAt;
    private final SortedMap<Integer, Packet<Header>> submissions = new TreeMap<>();
    private final SortedMap<Integer, Signed<Hello>> hellos = new TreeMap<>();
    private final SortedMap<Integer, Signed<Confirmation>> confirmations = new TreeMap<>();
    private int ownArrived;
    private long quorumAt = Long.MAX_VALUE;
    private boolean closed;

    /**
     * Opens a window.
     *
     * @param ownExpected bit set over the enrolled: members of {@code expected} attached to this server in the last record or whose hello it carried
     * @param openedAt when the last complete link was complete at this server
     */
    public Window(AttemptContext attempt, ByteString ownExpected, long openedAt) {
        this.attempt = attempt;
        this.ownExpected = BitSets.and(ownExpected, attempt.expected());
        this.ownExpectedCount = BitSets.count(this.ownExpected);
        this.openedAt = openedAt;
    }

    /** The attempt. */
    public AttemptContext attempt() {
        return attempt;
    }

    /**
     * Takes a submission. The tree hash of the ciphertext is checked here.
     *
     * @param now when it came
     */
    public Answer submit(Packet<Header> packet, long now) {
        return rootMatches(packet) ? submitChecked(packet, now) : new Answer.Refused(Refusal.WRONG_ROOT);
    }

    /** As {@link #submit}, where the driver has checked that the ciphertext has the tree hash that the header names. */
    public Answer submitChecked(Packet<Header> packet, long now) {
        Signed<Header> signed = packet.statement();
        Header header = signed.message();
        int index = attempt.epoch().indexOf(header.member());
        Answer problem = problem(packet, index);
        if (problem != null) {
            return problem;
        }
        Packet<Header> held = submissions.get(index);
        if (held != null) {
            return held.statement().payload().equals(signed.payload())
                    ? new Answer.Again()
                    : new Answer.Second(
                            Violation.of(header.member(), Rule.TWO_SUBMISSIONS, Evidence.of(held.statement(), signed)));
        }
        if (closed) {
            return new Answer.Refused(Refusal.CLOSED);
        }
        submissions.put(index, packet);
        arrived(index, now);
        return new Answer.Accepted(index);
    }

    private @Nullable Answer problem(Packet<Header> packet, int index) {
        Header header = packet.statement().message();
        if (!header.at().equals(attempt.at()) || !header.prev().equals(attempt.prev())) {
            return new Answer.Refused(Refusal.OTHER_ATTEMPT);
        }
        if (index < 0
                || !BitSets.contains(attempt.confirmed(), index)
                || !packet.statement()
                        .signer()
                        .equals(attempt.epoch().memberKeys().get(index))) {
            return new Answer.Refused(Refusal.NOT_CONFIRMED);
        }
        if (!header.layout().equals(attempt.layout().hash())
                || packet.body().size() != attempt.layout().totalBytes()) {
            return new Answer.Refused(Refusal.OTHER_LAYOUT);
        }
        return null;
    }

    /** Whether a ciphertext has the tree hash that its header names; costs a pass over its bytes. */
    public static boolean rootMatches(Packet<Header> packet) {
        return TreeHash.rootOfChunks(packet.body().unsafeArray())
                .equals(packet.statement().message().ciphertextRoot());
    }

    private void arrived(int index, long now) {
        if (!BitSets.contains(ownExpected, index)) {
            return;
        }
        ownArrived++;
        long quorum =
                ((long) attempt.epoch().policy().windowQuorumPermille() * ownExpectedCount + PER_MILLE - 1) / PER_MILLE;
        if (ownArrived >= quorum && quorumAt == Long.MAX_VALUE) {
            quorumAt = now;
        }
    }

    /** Takes a hello; one that is not fresh or not its member's is dropped. */
    public void hello(Signed<Hello> hello) {
        int index = attempt.epoch().indexOf(hello.message().member());
        if (!closed && index >= 0 && Validity.hello(attempt, index, hello, signed -> true)) {
            hellos.putIfAbsent(index, hello);
        }
    }

    /** Takes a late confirmation; one that does not count, or of a member that has confirmed, is dropped. */
    public void confirmation(Signed<Confirmation> confirmation) {
        int index = attempt.epoch().indexOf(confirmation.message().member());
        if (!closed
                && index >= 0
                && !BitSets.contains(attempt.confirmed(), index)
                && Validity.lateConfirmation(attempt, index, confirmation, signed -> true)) {
            confirmations.putIfAbsent(index, confirmation);
        }
    }

    /**
     * When the window closes as things stand; in the past or now means at once. It closes when all own expected members have come; or at factor × w, where w is when
     * the quorum of them had come; or at the hard limit. A server that expects nobody itself stays open for the interval that clients wait, so that members that have
     * just come can be counted.
     */
    public long closesAt() {
        Policy policy = attempt.epoch().policy();
        long hardLimit = openedAt + policy.hardLimitMillis();
        if (ownExpectedCount == 0) {
            int interval = attempt.layout().anyOpen() ? policy.activeIntervalMillis() : policy.idleIntervalMillis();
            return Math.min(hardLimit, openedAt + interval);
        }
        if (ownArrived == ownExpectedCount) {
            return openedAt;
        }
        if (quorumAt == Long.MAX_VALUE) {
            return hardLimit;
        }
        long w = Math.max(0, quorumAt - openedAt);
        return Math.min(hardLimit, openedAt + w * policy.windowFactorPermille() / PER_MILLE);
    }

    /** Closes it: what goes into the inventory. */
    public AgreementEvent.WindowClosed close(boolean endWish) {
        closed = true;
        return new AgreementEvent.WindowClosed(
                submissions.values().stream().map(Packet::statement).toList(),
                List.copyOf(hellos.values()),
                List.copyOf(confirmations.values()),
                endWish);
    }

    /** The ciphertext of a member that submitted here. */
    public ByteString ciphertext(int index) {
        Packet<Header> held = submissions.get(index);
        if (held == null) {
            throw new IllegalStateException("member " + index + " has submitted nothing here");
        }
        return held.body();
    }

    /** What has been submitted here, by member index. */
    public SortedMap<Integer, Packet<Header>> submissions() {
        return Collections.unmodifiableSortedMap(submissions);
    }

    /** What becomes of a submission. */
    public sealed interface Answer {
        /** It is in; the member's index. */
        record Accepted(int index) implements Answer {}

        /** The same as before. */
        record Again() implements Answer {}

        /** The member has signed two different ones for one attempt. */
        record Second(Violation violation) implements Answer {}

        /** It cannot be taken. */
        record Refused(Refusal why) implements Answer {}
    }

    /** Why a submission is not taken. */
    public enum Refusal {
        /** It is for another attempt or names another link as the latest. */
        OTHER_ATTEMPT,
        /** It is for another layout, or its size is not the layout's. */
        OTHER_LAYOUT,
        /** Its member is not a confirmed member of the epoch, or did not sign it. */
        NOT_CONFIRMED,
        /** Its bytes do not have the tree hash that its header names. */
        WRONG_ROOT,
        /** The window has closed. */
        CLOSED
    }
}
