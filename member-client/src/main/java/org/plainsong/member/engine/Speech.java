package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plainsong.core.anonymity.ClientRules;
import org.plainsong.core.board.Fragment;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Policy;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.LengthClasses;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.EpochView;

/** Fills the own slots of a round's vector (protocol §5.1): request bytes, frames with the next piece of what waits, or nothing. */
final class Speech {
    private static final int MAX_REQUEST = 0xff;
    private static final int MAX_BLAME = 0xffff;

    private final OwnNames names;
    private final Outbox outbox;
    private final Randomness randomness;
    private final Accusations accusations;

    Speech(OwnNames names, Outbox outbox, Randomness randomness, Accusations accusations) {
        this.names = names;
        this.outbox = outbox;
        this.randomness = randomness;
        this.accusations = accusations;
    }

    /** What is written, and the pieces in it. */
    record Written(Map<Integer, ByteString> slots, Map<Integer, Sent.Piece> pieces) {}

    /** Fills the slots for the attempt to come, as far as the rules let posts out; else only cover. */
    Written write(EpochView epoch, ClientRules rules) {
        Map<Integer, ByteString> slots = new HashMap<>();
        Map<Integer, Sent.Piece> pieces = new HashMap<>();
        Map<OwnNames.Name, List<OutboxItem>> queues = queues(epoch, rules);
        for (OwnNames.Name name : names.all()) {
            List<OutboxItem> queue = queues.getOrDefault(name, List.of());
            int blame = accusations.isOpen(name.slot()) ? 1 + draw(MAX_BLAME) : 0;
            if (queue.isEmpty() && blame == 0) {
                continue;
            }
            if (epoch.layout().isOpen(name.slot())) {
                frame(epoch, name, queue, blame, slots, pieces);
            } else {
                slots.put(name.slot(), ByteString.of((byte) (1 + draw(MAX_REQUEST))));
            }
        }
        return new Written(slots, pieces);
    }

    private void frame(
            EpochView epoch,
            OwnNames.Name name,
            List<OutboxItem> queue,
            int blame,
            Map<Integer, ByteString> slots,
            Map<Integer, Sent.Piece> pieces) {
        Layout layout = epoch.layout();
        int slot = name.slot();
        int longest = LengthClasses.ofBytes(epoch.opened().policy().maxSlotBytes());
        ByteString body = ByteString.EMPTY;
        int next = LengthClasses.CLOSED;
        if (!queue.isEmpty()) {
            OutboxItem item = queue.get(0);
            if (item.certified() >= item.content().size()) {
                // Every byte is certified, yet the whole was not seen: receivers dropped its beginning.
                item.certified(0);
            }
            Fragment piece = Fragment.cut(item.content(), item.certified(), SlotFrame.maxBody(layout.length(slot)));
            body = piece.encode();
            pieces.put(slot, new Sent.Piece(item, piece));
            next = wish(piece, item, queue, longest);
        }
        SlotFrame.Valid said = new SlotFrame.Valid(next, body, blame);
        ByteString seed = ByteString.wrap(randomness.bytes(SlotFrame.SEED_SIZE));
        slots.put(slot, SlotFrame.build(epoch.next(), name.key(), layout.length(slot), said, seed));
    }

    /** The class that carries what is left of the item, or all of the next one. */
    private static int wish(Fragment piece, OutboxItem item, List<OutboxItem> queue, int longest) {
        int total = item.content().size();
        int sent = piece.offset() + piece.bytes().size();
        if (sent < total) {
            return LengthClasses.forBody(Fragment.bodySize(total, sent), longest);
        }
        if (queue.size() > 1) {
            OutboxItem following = queue.get(1);
            int left = Fragment.bodySize(following.content().size(), following.certified());
            return LengthClasses.forBody(left, longest);
        }
        return LengthClasses.CLOSED;
    }

    /** Who waits at which name, in order; what is held says why and is not among them. */
    private Map<OwnNames.Name, List<OutboxItem>> queues(EpochView epoch, ClientRules rules) {
        Map<OwnNames.Name, List<OutboxItem>> queues = new HashMap<>();
        for (OutboxItem item : outbox.pending()) {
            Optional<String> held = held(item, epoch, rules);
            if (held.isPresent()) {
                item.state(new PostState.Waiting(held.get(), true));
                continue;
            }
            names.choose(item);
            if (item.name().isEmpty()) {
                item.state(new PostState.Waiting("for a name that is free, in the next epoch", false));
                continue;
            }
            if (item.state() instanceof PostState.Waiting) {
                item.state(new PostState.Waiting("for its slot", false));
            }
            queues.computeIfAbsent(item.name().get(), n -> new ArrayList<>()).add(item);
        }
        return queues;
    }

    private static Optional<String> held(OutboxItem item, EpochView epoch, ClientRules rules) {
        if (item.anyway()) {
            return Optional.empty();
        }
        return reason(rules.holds(epoch.expected(), item.set()), epoch.opened().policy());
    }

    /** Why posts are held, in words; the gravest reason first. */
    static Optional<String> reason(Set<ClientRules.Hold> holds, Policy policy) {
        if (holds.contains(ClientRules.Hold.SET_SHRUNK_BY_FAILED_ATTEMPT)) {
            String next = policy.postAnyway() ? "post it anyway, or take it back" : "take it back, or leave it";
            return Optional.of(
                    "for you: a round that failed may have shown it with too few people taking part; " + next);
        }
        if (holds.contains(ClientRules.Hold.FLOOR_BELOW_OWN_MINIMUM)) {
            return Optional.of("for a bigger crowd");
        }
        if (holds.contains(ClientRules.Hold.EXPECTED_DROPPED)) {
            return Optional.of("because many people have just left; it goes on by itself");
        }
        return Optional.empty();
    }

    /** 0 to below {@code bound}, evenly. */
    private int draw(int bound) {
        int limit = (1 << 24) / bound * bound;
        while (true) {
            byte[] drawn = randomness.bytes(3);
            int value = (drawn[0] & 0xff) << 16 | (drawn[1] & 0xff) << 8 | (drawn[2] & 0xff);
            if (value < limit) {
                return value % bound;
            }
        }
    }
}
