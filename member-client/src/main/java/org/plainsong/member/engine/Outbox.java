package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.group.Roster;

/**
 * What the member wants said: on disk before it is promised, sent until it is seen whole in certified records, delivered once
 * (protocol §7, §9.8).
 */
final class Outbox {
    /** Published ones that are still shown. */
    private static final int SHOWN = 200;

    private final Desk desk;
    private final Composer composer;
    private final Shelf shelf;
    private final Map<ContentId, OutboxItem> items = new LinkedHashMap<>();

    Outbox(Desk desk, Composer composer, Shelf shelf) {
        this.desk = desk;
        this.composer = composer;
        this.shelf = shelf;
    }

    /** What an earlier process left unfinished. */
    void restore(Kept kept) {
        for (VaultRecord.Outgoing item : kept.outgoing()) {
            if (!kept.isPublished(item.id()) && !shelf.knows(item.id())) {
                add(item).state(new PostState.Waiting("for the next epoch", false));
            }
        }
    }

    void compose(long handle, Draft draft, Optional<Roster> roster, Runnable added) {
        VaultRecord.Outgoing item;
        try {
            item = composer.compose(draft, roster);
        } catch (Composer.Unsendable e) {
            desk.add(new MemberEffect.Refused(handle, String.valueOf(e.getMessage())));
            return;
        }
        desk.save(
                List.of(item),
                () -> {
                    shelf.wrote(item);
                    add(item);
                    desk.add(new MemberEffect.Accepted(handle, item.id()));
                    added.run();
                },
                why -> desk.add(new MemberEffect.Refused(handle, "It could not be written to disk: " + why)));
    }

    void cancel(long handle, ContentId id) {
        OutboxItem item = items.get(id);
        if (item == null || !item.isPending()) {
            desk.add(new MemberEffect.Refused(handle, "There is nothing waiting with this id."));
            return;
        }
        if (item.wasSubmitted()) {
            desk.add(new MemberEffect.Refused(handle, "It is going out already and can't be recalled."));
            return;
        }
        item.state(new PostState.Stopped("taken back", "nothing was sent"));
        desk.save(
                List.of(new VaultRecord.OutgoingEnded(id, false)),
                () -> {
                    items.remove(id);
                    shelf.tookBack(id);
                    desk.add(new MemberEffect.Accepted(handle, id));
                },
                why -> {
                    item.state(new PostState.Waiting("for its slot", false));
                    desk.add(new MemberEffect.Refused(handle, "It could not be written to disk: " + why));
                });
    }

    void postAnyway(long handle, ContentId id, boolean allowed) {
        OutboxItem item = items.get(id);
        if (item == null || !item.isPending()) {
            desk.add(new MemberEffect.Refused(handle, "There is nothing waiting with this id."));
        } else if (!allowed) {
            desk.add(new MemberEffect.Refused(handle, "The group's rules do not let a post out below the minimum."));
        } else {
            item.postAnyway();
            desk.add(new MemberEffect.Accepted(handle, id));
        }
    }

    /** A content stands in certified records. The vault's record of it, if it came from here. */
    Optional<VaultRecord> arrived(Arrival arrival) {
        OutboxItem item = items.get(arrival.id());
        if (item == null || item.state() instanceof PostState.Published) {
            return Optional.empty();
        }
        MemberSnapshot.Origin at = arrival.origin();
        item.state(new PostState.Published(at.entry(), at.epoch(), at.round()));
        trim();
        return Optional.of(new VaultRecord.OutgoingEnded(item.id(), true));
    }

    List<OutboxItem> pending() {
        return items.values().stream().filter(OutboxItem::isPending).toList();
    }

    List<OutboxItem> all() {
        return new ArrayList<>(items.values());
    }

    private OutboxItem add(VaultRecord.Outgoing kept) {
        Optional<ContentId> thread = kept.draft() instanceof Draft.NewPost post
                ? Optional.of(post.parent().map(shelf::rootOf).orElse(kept.id()))
                : Optional.empty();
        OutboxItem item = new OutboxItem(kept, thread);
        items.put(kept.id(), item);
        return item;
    }

    private void trim() {
        if (items.size() > SHOWN) {
            items.values().stream()
                    .filter(i -> i.state() instanceof PostState.Published)
                    .findFirst()
                    .ifPresent(oldest -> items.remove(oldest.id()));
        }
    }
}
