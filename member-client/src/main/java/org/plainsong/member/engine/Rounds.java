package org.plainsong.member.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.anonymity.ClientRules;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.epoch.Seat;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;
import org.plainsong.core.round.AttemptContext;
import org.plainsong.core.round.StreamPads;
import org.plainsong.core.round.Submissions;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.transcript.RoundView;

/**
 * The member's part in the rounds of one epoch (protocol §5.2): exactly one ciphertext for an attempt, cover or not. Its pads are in
 * memory only and end with it.
 */
final class Rounds {
    private final Seat seat;
    private final OwnNames names;
    private final Speech speech;
    private final Accusations accusations = new Accusations();
    private final StreamPads pads;
    private final Submissions submissions;
    private final Deque<Sent> traces = new ArrayDeque<>();
    private ClientRules rules;
    private @Nullable Sent sent;

    Rounds(
            Seat seat,
            MemberIdentity identity,
            OwnNames names,
            Outbox outbox,
            Randomness randomness,
            ClientRules rules) {
        this.seat = seat;
        this.names = names;
        this.rules = rules;
        this.speech = new Speech(names, outbox, randomness, accusations);
        this.pads = pads(seat);
        this.submissions = new Submissions(identity.member(), pads, seat.pads().size(), identity.signer());
    }

    private static StreamPads pads(Seat seat) {
        PadStream[] streams = new PadStream[seat.pads().size()];
        for (int j = 0; j < streams.length; j++) {
            try (PadKey key = PadKey.of(seat.pads().get(j))) {
                streams[j] = key.stream();
            }
        }
        return new StreamPads(streams);
    }

    boolean isOf(EpochView epoch) {
        return epoch.opened().id().equals(seat.record().message().epoch());
    }

    OwnNames names() {
        return names;
    }

    ClientRules rules() {
        return rules;
    }

    int index() {
        return seat.index();
    }

    /** Whether the member may submit in the attempt to come: it is confirmed and the epoch goes on. */
    boolean takesPart(EpochView epoch) {
        return isOf(epoch) && !epoch.ended() && epoch.isConfirmed(seat.index());
    }

    /** The one submission for the attempt to come: built when first asked for, the same bytes ever after. */
    Packet<Header> submission(Followed followed) {
        EpochView epoch = followed.chain().epoch().orElseThrow();
        Optional<Packet<Header>> before = submissions.sent(epoch.next());
        if (before.isPresent()) {
            return before.get();
        }
        Speech.Written written = speech.write(epoch, rules);
        AttemptContext attempt = new AttemptContext(
                followed.context().orElseThrow(),
                epoch.next(),
                epoch.prev(),
                epoch.layout(),
                epoch.confirmed(),
                epoch.expected(),
                followed.chain().timeMillis());
        Packet<Header> packet = submissions.submit(attempt, written.slots());
        sent = new Sent(epoch.next(), written.slots(), written.pieces());
        written.pieces().values().forEach(p -> goesOut(p, epoch.next()));
        return packet;
    }

    private static void goesOut(Sent.Piece piece, AttemptId at) {
        piece.item().submitted();
        piece.item()
                .state(new PostState.GoingOut(
                        at.round(),
                        piece.item().certified(),
                        piece.item().content().size()));
    }

    /** Whether a submission for the attempt to come exists already. */
    boolean hasSubmitted(EpochView epoch) {
        return submissions.sent(epoch.next()).isPresent();
    }

    /** A record counts: what came of the own slots. */
    void certified(RoundView round) {
        Sent mine = sentFor(round.before().next());
        for (OwnNames.Name name : names.all()) {
            Optional<ByteString> written = mine == null
                    ? Optional.empty()
                    : Optional.ofNullable(mine.written().get(name.slot()));
            accusations.inspect(round, name.slot(), written);
            Sent.Piece piece = mine == null ? null : mine.pieces().get(name.slot());
            if (piece != null) {
                outcome(piece, round, round.reading().frame(name.slot()));
            }
        }
        keepTrace(mine, round.before().opened().policy().blameWindowRounds());
        rules = rules.afterRecord(round.record().message().expectedNext());
    }

    private static void outcome(Sent.Piece piece, RoundView round, SlotFrame.Reading reading) {
        OutboxItem item = piece.item();
        long number = round.before().next().round();
        switch (reading) {
            case SlotFrame.Valid frame -> {
                item.certified(
                        piece.fragment().offset() + piece.fragment().bytes().size());
                item.state(new PostState.GoingOut(
                        number, item.certified(), item.content().size()));
            }
            case SlotFrame.Garbled garbled -> item.state(new PostState.Disturbed(number));
            // The submission came too late: nothing of it was in the round.
            case SlotFrame.Silent silent -> item.state(new PostState.Waiting("for its slot", false));
        }
    }

    /** An attempt failed: its pieces go again, unless it may have shown them to too few. */
    void failed(AttemptId at, List<Signed<Failed>> statements) {
        Sent mine = sentFor(at);
        if (mine == null) {
            return;
        }
        for (Sent.Piece piece : mine.pieces().values()) {
            OutboxItem item = piece.item();
            item.set(item.set()
                    .afterFailed(statements.stream().map(Signed::message).toList()));
            item.state(new PostState.Disturbed(at.round()));
        }
    }

    private @Nullable Sent sentFor(AttemptId at) {
        Sent last = sent;
        return last != null && last.at().equals(at) ? last : null;
    }

    private void keepTrace(@Nullable Sent mine, int window) {
        if (mine != null && !mine.written().isEmpty()) {
            traces.addLast(mine);
        }
        while (!traces.isEmpty()
                && mine != null
                && mine.at().round() - traces.peekFirst().at().round() > window) {
            traces.removeFirst();
        }
    }

    /** Own bits that somebody flipped and whose request for an accusation run was heard. */
    List<AccusedBit> accused() {
        return accusations.asked();
    }

    /** What was written in the rounds of the blame window, oldest first. */
    List<Sent> traces() {
        return List.copyOf(traces);
    }

    /** The epoch is over: pads and slot keys are gone. */
    void close() {
        pads.close();
        seat.pads().forEach(Secret::wipe);
        seat.names().forEach(name -> name.key().close());
        traces.clear();
        sent = null;
    }
}
