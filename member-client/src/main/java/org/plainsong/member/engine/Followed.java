package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentCodec;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.Fragment;
import org.plainsong.core.board.Joiner;
import org.plainsong.core.board.Pseudonym;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.round.EpochContext;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.Applied;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EpochView;
import org.plainsong.core.transcript.Finding;
import org.plainsong.core.transcript.OpenedEpoch;
import org.plainsong.core.transcript.RoundView;
import org.plainsong.core.wire.FormatException;

/**
 * The transcript read so far and what the slots of the running epoch have begun to say. Immutable and without anything that is a
 * single member's, so that all members of a process share it.
 *
 * @param chain the checked fold of the entries
 * @param joiner contents that have begun in the running epoch
 * @param pseudonyms of the running epoch, by slot
 * @param context what submissions of the running epoch rest on
 */
record Followed(Chain chain, Joiner joiner, List<Pseudonym> pseudonyms, Optional<EpochContext> context) {
    /** Before the first entry. */
    static final Followed START = new Followed(Chain.start(), Joiner.empty(), List.of(), Optional.empty());

    /** The hash of the shuffle's chain of lists, which only servers compare. */
    private static final ByteString NOT_KNOWN_HERE = ByteString.EMPTY;

    /** What came of an entry. */
    sealed interface Outcome {}

    /**
     * It holds.
     *
     * @param after with it
     * @param entry the entry
     * @param round what it certifies, if it is a record
     * @param arrivals contents that it completed, ascending by slot
     */
    record Step(Followed after, Entry entry, Optional<RoundView> round, List<Arrival> arrivals) implements Outcome {}

    /** It does not; nothing has changed. */
    record Refused(Finding finding) implements Outcome {}

    /** Applies the next entry, checking all of it. */
    Outcome follow(Entry entry, SignatureCheck check) {
        return switch (chain.apply(entry, check)) {
            case Applied.Rejected rejected -> new Refused(rejected.finding());
            case Applied.Extended extended -> extended(entry, extended);
        };
    }

    private Step extended(Entry entry, Applied.Extended extended) {
        Chain next = extended.chain();
        if (entry.kind() == Entry.OPENING_RECORD) {
            return new Step(opening(next), entry, Optional.empty(), List.of());
        }
        if (extended.round().isEmpty()) {
            return new Step(new Followed(next, joiner, pseudonyms, context), entry, Optional.empty(), List.of());
        }
        RoundView round = extended.round().get();
        List<Arrival> arrivals = new ArrayList<>();
        Joiner joined = joiner;
        for (Map.Entry<Integer, SlotFrame.Reading> slot :
                round.reading().frames().entrySet()) {
            if (slot.getValue() instanceof SlotFrame.Valid frame
                    && !frame.body().isEmpty()) {
                joined = join(joined, slot.getKey(), frame.body(), round, arrivals, entry.index());
            }
        }
        return new Step(
                new Followed(next, joined, pseudonyms, context), entry, extended.round(), List.copyOf(arrivals));
    }

    private static Followed opening(Chain chain) {
        OpenedEpoch opened = chain.epoch().orElseThrow().opened();
        List<PublicKey> memberKeys = new ArrayList<>();
        for (int i = 0; i < opened.enrolled().size(); i++) {
            memberKeys.add(opened.memberKey(i));
        }
        EpochContext context = new EpochContext(
                opened.id(),
                opened.roster().servers().stream().map(ServerEntry::key).toList(),
                opened.enrolled(),
                memberKeys,
                opened.opening().message().run(),
                NOT_KNOWN_HERE,
                opened.policy());
        return new Followed(chain, Joiner.empty(), Pseudonym.ofEpoch(opened.slots()), Optional.of(context));
    }

    private Joiner join(Joiner before, int slot, ByteString body, RoundView round, List<Arrival> arrivals, long entry) {
        Fragment fragment;
        try {
            fragment = Fragment.decode(body);
        } catch (FormatException e) {
            return before.interrupt(slot);
        }
        Joiner.Joined joined = before.take(slot, fragment);
        joined.complete()
                .ifPresent(bytes -> decoded(bytes).ifPresent(content -> {
                    arrivals.add(new Arrival(ContentId.of(bytes), bytes, content, origin(slot, round, entry)));
                }));
        return joined.next();
    }

    private MemberSnapshot.Origin origin(int slot, RoundView round, long entry) {
        EpochView epoch = round.before();
        return new MemberSnapshot.Origin(
                pseudonyms.get(slot),
                epoch.opened().slots().get(slot).value(),
                epoch.opened().number(),
                epoch.next().round(),
                entry,
                round.record().message().timeMillis());
    }

    /** What somebody wrote that is no content is nobody's; there is nothing to show. */
    private static Optional<Content> decoded(ByteString bytes) {
        try {
            return Optional.of(ContentCodec.decode(bytes));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
