package org.plainsong.member.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentCodec;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.Pseudonym;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;

/** Everything that was said and that this member can read, once for each content id (protocol §7). */
final class Shelf {
    private final ByteString group;
    private final ReplyKey sealing;
    private final Map<ContentId, MemberSnapshot.BoardPost> posts = new HashMap<>();
    private final Map<ContentId, MemberSnapshot.PrivateText> privateTexts = new HashMap<>();
    private final Map<ContentId, ContentId> roots = new HashMap<>();
    private final Map<ContentId, Boolean> known = new HashMap<>();
    private final Map<ContentId, VaultRecord.Outgoing> own = new HashMap<>();
    private final Map<ContentId, ReplyKey> replyKeys = new LinkedHashMap<>();
    private final GrowingList<MemberSnapshot.BoardPost> postList = new GrowingList<>();
    private final GrowingList<MemberSnapshot.PrivateText> privateList = new GrowingList<>();

    Shelf(ByteString group, ReplyKey sealing) {
        this.group = group;
        this.sealing = sealing;
    }

    /** What arrived in earlier processes. */
    void restore(Kept kept) {
        kept.outgoing().forEach(this::wrote);
        for (VaultRecord.Received each : kept.received()) {
            try {
                Content content = ContentCodec.decode(each.content());
                Pseudonym author = Pseudonym.of(new PublicKey(each.slotKey()));
                place(new Arrival(
                        each.id(),
                        each.content(),
                        content,
                        new MemberSnapshot.Origin(
                                author, each.slotKey(), each.epoch(), each.round(), each.entry(), each.timeMillis())));
            } catch (FormatException e) {
                throw new IllegalStateException("the vault holds a content that cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** This member wrote something: its reply key opens what comes back. */
    void wrote(VaultRecord.Outgoing item) {
        own.put(item.id(), item);
        item.replySeed().ifPresent(seed -> replyKeys.put(item.id(), ReplyKey.fromSeed(seed)));
    }

    /** It was taken back before anybody saw it. */
    void tookBack(ContentId id) {
        own.remove(id);
        ReplyKey key = replyKeys.remove(id);
        if (key != null) {
            key.close();
        }
    }

    boolean knows(ContentId id) {
        return known.containsKey(id);
    }

    /** Puts a content that is not known yet in its place. The effect to tell, if this member can read it. */
    Optional<MemberEffect> place(Arrival arrival) {
        known.put(arrival.id(), true);
        boolean mine = own.containsKey(arrival.id());
        return switch (arrival.content()) {
            case Content.Post post -> {
                MemberSnapshot.BoardPost shown =
                        new MemberSnapshot.BoardPost(arrival.id(), post, arrival.origin(), mine);
                posts.put(arrival.id(), shown);
                roots.put(arrival.id(), post.parent().map(this::rootOf).orElse(arrival.id()));
                postList.add(shown);
                yield Optional.of(new MemberEffect.PostArrived(shown));
            }
            case Content.Sealed sealed ->
                opened(arrival.id(), sealed).map(reply -> {
                    MemberSnapshot.PrivateText shown =
                            new MemberSnapshot.PrivateText(arrival.id(), reply, arrival.origin(), mine);
                    privateTexts.put(arrival.id(), shown);
                    privateList.add(shown);
                    return new MemberEffect.PrivateTextArrived(shown);
                });
            case Content.Reply reply -> Optional.empty();
        };
    }

    /** Own sealed texts are known from the vault; every other one is tried with every key that is live. */
    private Optional<Content.Reply> opened(ContentId id, Content.Sealed sealed) {
        VaultRecord.Outgoing mine = own.get(id);
        if (mine != null) {
            return ownReply(mine);
        }
        Optional<Content.Reply> reply = sealing.open(group, sealed);
        for (ReplyKey key : replyKeys.values()) {
            if (reply.isPresent()) {
                break;
            }
            reply = key.open(group, sealed);
        }
        return reply;
    }

    private static Optional<Content.Reply> ownReply(VaultRecord.Outgoing mine) {
        try {
            return Optional.of(ContentCodec.decodeReply(mine.own()));
        } catch (FormatException e) {
            throw new IllegalStateException("the vault holds an own reply that cannot be read: " + e.getMessage(), e);
        }
    }

    /** The first post of the thread that a post belongs to; itself if nothing is known of it. */
    ContentId rootOf(ContentId id) {
        return roots.getOrDefault(id, id);
    }

    /** The key that a private reply to this content is sealed to. */
    Optional<ByteString> replyKeyOf(ContentId id) {
        MemberSnapshot.BoardPost post = posts.get(id);
        if (post != null) {
            return Optional.of(post.post().replyKey()).filter(k -> !k.isEmpty());
        }
        MemberSnapshot.PrivateText text = privateTexts.get(id);
        return Optional.ofNullable(text)
                .filter(t -> !t.own())
                .map(t -> t.reply().replyKey())
                .filter(k -> !k.isEmpty());
    }

    List<MemberSnapshot.BoardPost> posts() {
        return postList.view();
    }

    List<MemberSnapshot.PrivateText> privateTexts() {
        return privateList.view();
    }

    /** The vault's record of a content that arrived. */
    static VaultRecord.Received record(Arrival arrival) {
        MemberSnapshot.Origin at = arrival.origin();
        return new VaultRecord.Received(
                arrival.id(), arrival.bytes(), at.slotKey(), at.epoch(), at.round(), at.entry(), at.timeMillis());
    }
}
