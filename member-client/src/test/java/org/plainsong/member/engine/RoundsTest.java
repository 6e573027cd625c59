package org.plainsong.member.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.plainsong.core.anonymity.ClientRules;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.epoch.Seat;
import org.plainsong.core.group.PolicyField;
import org.plainsong.core.group.PolicyRules;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** What a member writes into its slots and what it makes of what comes out. */
final class RoundsTest {
    private final Desk desk = new Desk();
    private FakeGroup group = new FakeGroup(1, p -> PolicyRules.with(p, PolicyField.DEFAULT_SLOT_BYTES, 256));
    private final Shelf shelf = new Shelf(group.id.value(), group.sealing.get(0));
    private final Outbox outbox = new Outbox(desk, new Composer(group.id.value(), group.randomness, shelf), shelf);
    private final Arrivals arrivals = new Arrivals(desk, shelf, outbox);
    private List<Secret> pads = List.of();
    private Seat seat;
    private Rounds rounds;

    private void sit(int minimum) throws FormatException {
        seat = group.seat(0, 1, 3);
        pads = seat.pads().stream().map(Secret::copy).toList();
        OwnNames names = new OwnNames(seat, group.followed.pseudonyms());
        ClientRules rules = ClientRules.start(minimum, group.epoch().opened().policy())
                .afterRecord(group.epoch().expected());
        rounds = new Rounds(seat, group.identity(0, OptionalInt.of(minimum)), names, outbox, group.randomness, rules);
    }

    @Test
    void sendsCoverWhenThereIsNothingToSay() throws FormatException {
        sit(3);
        assertThat(plain(rounds.submission(group.followed))).containsOnly(0);
    }

    @Test
    void sendsTheSameBytesAgainForTheSameAttempt() throws FormatException {
        sit(3);
        say("first");
        Packet<Header> once = rounds.submission(group.followed);
        say("second");
        assertThat(rounds.submission(group.followed)).isSameAs(once);
    }

    @Test
    void opensItsSlotAndSendsALongPostOverSeveralRounds() throws FormatException {
        sit(3);
        ContentId id = say("x".repeat(5000));
        int sent = 0;
        while (state(id) instanceof PostState.Waiting || state(id) instanceof PostState.GoingOut) {
            assertThat(++sent).isLessThan(8);
            certify(plain(rounds.submission(group.followed)), 5);
        }
        assertThat(state(id))
                .isInstanceOfSatisfying(
                        PostState.Published.class, p -> assertThat(p.round()).isEqualTo(3));
        assertThat(shelf.posts()).hasSize(1).first().satisfies(p -> {
            assertThat(p.post().text()).isEqualTo("x".repeat(5000));
            assertThat(p.own()).isTrue();
        });
        assertThat(plain(rounds.submission(group.followed))).containsOnly(0);
    }

    @Test
    void sendsTheSamePieceAgainAfterItsSlotWasGarbled() throws FormatException {
        sit(3);
        ContentId id = say("short");
        certify(plain(rounds.submission(group.followed)), 5);
        byte[] disturbed = plain(rounds.submission(group.followed));
        int slot = group.epoch().layout().isOpen(own(0)) ? own(0) : own(1);
        int at = group.epoch().layout().offset(slot) + 30;
        int zero = Integer.numberOfTrailingZeros(~disturbed[at] & 0xff);
        disturbed[at] |= (byte) (1 << zero);
        certify(disturbed, 5);
        assertThat(state(id)).isEqualTo(new PostState.Disturbed(2));
        byte[] again = plain(rounds.submission(group.followed));
        SlotFrame.Reading reading = reading(again, slot);
        assertThat(reading).isInstanceOf(SlotFrame.Valid.class);
        assertThat(reading.blameRequest()).isNotZero();
        certify(again, 5);
        assertThat(state(id)).isInstanceOf(PostState.Published.class);
        assertThat(rounds.accused()).hasSize(1).first().satisfies(bit -> {
            assertThat(bit.slot()).isEqualTo(slot);
            assertThat(bit.bit()).isEqualTo(8 * 30 + 7 - zero);
            assertThat(bit.at().round()).isEqualTo(2);
        });
    }

    @Test
    void accusesARequestThatSomebodyElseSet() throws FormatException {
        sit(3);
        byte[] output = plain(rounds.submission(group.followed));
        output[group.epoch().layout().offset(own(2))] = 0x10;
        certify(output, 5);
        byte[] next = plain(rounds.submission(group.followed));
        assertThat(reading(next, own(2)).blameRequest()).isNotZero();
        certify(next, 5);
        assertThat(rounds.accused()).extracting(AccusedBit::bit).containsExactly(3);
    }

    @Test
    void goesOnWhereItWasWhenASubmissionCameTooLate() throws FormatException {
        sit(3);
        ContentId id = say("x".repeat(300));
        certify(plain(rounds.submission(group.followed)), 5);
        certify(plain(rounds.submission(group.followed)), 5);
        assertThat(state(id)).isInstanceOf(PostState.GoingOut.class);
        rounds.submission(group.followed);
        certify(new byte[group.epoch().layout().totalBytes()], 5);
        assertThat(state(id)).isInstanceOf(PostState.Waiting.class);
        for (int i = 0; i < 4 && !(state(id) instanceof PostState.Published); i++) {
            certify(plain(rounds.submission(group.followed)), 5);
        }
        assertThat(state(id)).isInstanceOf(PostState.Published.class);
        assertThat(shelf.posts()).hasSize(1);
    }

    @Test
    void goesAgainAfterAFailedAttempt() throws FormatException {
        sit(3);
        ContentId id = say("short");
        certify(plain(rounds.submission(group.followed)), 5);
        Packet<Header> first = rounds.submission(group.followed);
        fail(5, true);
        assertThat(state(id)).isEqualTo(new PostState.Disturbed(2));
        Packet<Header> second = rounds.submission(group.followed);
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(second.statement().message().at().attempt()).isEqualTo(1);
        certify(plain(second), 5);
        assertThat(state(id)).isInstanceOf(PostState.Published.class);
    }

    @Test
    void holdsAPostThatAFailedAttemptMayHaveShownToTooFew() throws FormatException {
        sit(3);
        ContentId id = say("short");
        certify(plain(rounds.submission(group.followed)), 5);
        rounds.submission(group.followed);
        fail(2, true);
        assertThat(plain(rounds.submission(group.followed))).containsOnly(0);
        assertThat(state(id)).isInstanceOfSatisfying(PostState.Waiting.class, w -> {
            assertThat(w.held()).isTrue();
            assertThat(w.detail()).contains("a round that failed may have shown it");
        });
        outbox.postAnyway(7, id, true);
        certify(new byte[group.epoch().layout().totalBytes()], 5);
        for (int i = 0; i < 3 && !(state(id) instanceof PostState.Published); i++) {
            certify(plain(rounds.submission(group.followed)), 5);
        }
        assertThat(state(id)).isInstanceOf(PostState.Published.class);
    }

    @Test
    void holdsPostsBelowItsOwnMinimumAndGoesOnByItself() throws FormatException {
        sit(4);
        certify(plain(rounds.submission(group.followed)), 4, 4);
        ContentId id = say("careful");
        assertThat(plain(rounds.submission(group.followed))).containsOnly(0);
        assertThat(state(id)).isEqualTo(new PostState.Waiting("for a bigger crowd", true));
        certify(new byte[group.epoch().layout().totalBytes()], 4, 5);
        for (int i = 0; i < 4 && !(state(id) instanceof PostState.Published); i++) {
            certify(plain(rounds.submission(group.followed)), 5, 5);
        }
        assertThat(state(id)).isInstanceOf(PostState.Published.class);
    }

    @Test
    void holdsPostsWhenManyHaveJustLeft() throws FormatException {
        group = new FakeGroup(2, p -> PolicyRules.with(p, PolicyField.DROP_PERMILLE, 100));
        Seat fresh = group.seat(0, 1, 3);
        pads = fresh.pads().stream().map(Secret::copy).toList();
        seat = fresh;
        ClientRules rules = ClientRules.start(3, group.epoch().opened().policy())
                .afterRecord(group.epoch().expected());
        rounds = new Rounds(
                fresh,
                group.identity(0, OptionalInt.empty()),
                new OwnNames(fresh, group.followed.pseudonyms()),
                outbox,
                group.randomness,
                rules);
        certify(plain(rounds.submission(group.followed)), 4, 4);
        ContentId id = say("wait");
        assertThat(plain(rounds.submission(group.followed))).containsOnly(0);
        assertThat(state(id).detail()).contains("many people have just left");
    }

    @Test
    void givesEachThreadANameOfItsOwn() throws FormatException {
        sit(3);
        ContentId one = say("one");
        ContentId two = say("two");
        ContentId more = say("more of one", Optional.of(one));
        for (int i = 0; i < 4; i++) {
            certify(plain(rounds.submission(group.followed)), 5);
        }
        assertThat(author(one)).isEqualTo(author(more)).isNotEqualTo(author(two));
    }

    private String author(ContentId id) {
        return shelf.posts().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow()
                .origin()
                .author()
                .name();
    }

    private int own(int name) {
        return seat.names().get(name).slot();
    }

    private SlotFrame.Reading reading(byte[] output, int slot) {
        var layout = group.epoch().layout();
        ByteString bytes =
                ByteString.wrap(output).slice(layout.offset(slot), layout.offset(slot) + layout.length(slot));
        return SlotFrame.open(
                group.epoch().next(), group.epoch().opened().slots().get(slot), bytes);
    }

    private ContentId say(String text) {
        return say(text, Optional.empty());
    }

    private ContentId say(String text, Optional<ContentId> parent) {
        desk.begin(0);
        Draft draft = new Draft.NewPost("", parent, text, NameChoice.auto(), false);
        outbox.compose(1, draft, Optional.empty(), () -> {});
        saveAll();
        return outbox.all().get(outbox.all().size() - 1).id();
    }

    private void saveAll() {
        for (MemberEffect effect : desk.end()) {
            if (effect instanceof MemberEffect.Save save) {
                desk.saved(save.ticket());
            }
        }
    }

    private PostState state(ContentId id) {
        return outbox.all().stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** What is under the pads. */
    private byte[] plain(Packet<Header> packet) {
        PadStream[] streams = pads.stream().map(p -> PadKey.of(p).stream()).toArray(PadStream[]::new);
        Header header = packet.statement().message();
        byte[] nonce = PadKey.nonce(
                header.at().epoch().value(),
                header.at().round(),
                header.at().attempt(),
                header.prev().value());
        byte[] vector = packet.body().toByteArray();
        PadKernel.xorInto(streams, streams.length, nonce, vector, 0, vector.length);
        return vector;
    }

    private void certify(byte[] output, int participants) throws FormatException {
        certify(output, participants, FakeGroup.MEMBERS);
    }

    private void certify(byte[] output, int participants, int expectedNext) throws FormatException {
        desk.begin(0);
        Followed.Step step = group.take(group.recordEntry(ByteString.of(output), participants, expectedNext));
        rounds.certified(step.round().orElseThrow());
        arrivals.take(step.arrivals(), 0);
        saveAll();
    }

    private void fail(int participants, boolean revealed) throws FormatException {
        var at = group.epoch().next();
        Followed.Step step = group.take(group.failedEntry(participants, revealed));
        assertThat(step.entry().kind()).isEqualTo(Entry.FAILED_RECORD);
        List<Signed<Failed>> statements = step.entry().envelopes().stream()
                .map(RoundsTest::failedStatement)
                .toList();
        rounds.failed(at, statements);
    }

    private static Signed<Failed> failedStatement(ByteString envelope) {
        try {
            return Envelopes.decode(envelope, Failed.class);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }
}
