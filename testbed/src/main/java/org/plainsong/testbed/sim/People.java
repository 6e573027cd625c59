package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.board.ContentId;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.MemberEvent;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.engine.NameChoice;

/**
 * The people at the clients: they write posts, reply in private to what they read, and type again what was lost before their client had taken it. At the end
 * everything must have arrived once, whole, and at those alone whom it was for (protocol §9.8).
 */
final class People {
    private static final int WRITING_MILLIS = 4_000;
    private static final int AGAIN_MILLIS = 300;
    private static final int MOST_REFUSALS = 50;

    /** Something that a person wants to say. */
    private static final class Saying {
        private final long handle;
        private final SimMember author;
        private final Optional<SimMember> recipient;
        private final Draft draft;
        private Optional<ContentId> id = Optional.empty();
        private int refusals;

        private Saying(long handle, SimMember author, Optional<SimMember> recipient, Draft draft) {
            this.handle = handle;
            this.author = author;
            this.recipient = recipient;
            this.draft = draft;
        }
    }

    private final Timeline time;
    private final Dice dice;
    private final List<SimMember> members;
    private final Map<Long, Saying> sayings = new TreeMap<>();
    private int privateLeft;
    private long handles;

    People(Surroundings around, List<SimMember> members, List<SimServer> servers) {
        this.time = around.time();
        this.dice = Dice.of(around.scenario().seed(), "people");
        this.members = members;
        this.privateLeft = around.scenario().posts() / 2;
        for (SimMember member : members) {
            member.meet(servers, at(member));
        }
        for (int i = 0; i < around.scenario().posts(); i++) {
            SimMember author = dice.oneOf(members);
            int words = dice.oneOf(List.of(5, 20, 60, 400));
            String text = "post " + i + " " + "word ".repeat(words);
            boolean replyKey = dice.chance(500);
            time.in(
                    dice.between(0, WRITING_MILLIS),
                    () -> say(
                            author,
                            Optional.empty(),
                            new Draft.NewPost("", Optional.empty(), text, NameChoice.auto(), replyKey)));
        }
    }

    private void say(SimMember author, Optional<SimMember> recipient, Draft draft) {
        Saying saying = new Saying(++handles, author, recipient, draft);
        sayings.put(saying.handle, saying);
        type(saying);
    }

    private void type(Saying saying) {
        if (saying.id.isEmpty()) {
            saying.author.handle(new MemberEvent.Compose(saying.handle, saying.draft));
        }
    }

    /** A client runs again: whatever it does not show is typed again. */
    void back(SimMember member) {
        MemberSnapshot shown = member.snapshot().orElseThrow();
        for (Saying saying : List.copyOf(sayings.values())) {
            if (saying.author == member && saying.id.isEmpty()) {
                saying.id = ownWith(shown, saying.draft.text());
                type(saying);
            }
        }
    }

    private static Optional<ContentId> ownWith(MemberSnapshot shown, String text) {
        for (MemberSnapshot.OutboxView item : shown.outbox()) {
            if (item.draft().text().equals(text)) {
                return Optional.of(item.id());
            }
        }
        for (MemberSnapshot.BoardPost post : shown.posts()) {
            if (post.own() && post.post().text().equals(text)) {
                return Optional.of(post.id());
            }
        }
        for (MemberSnapshot.PrivateText reply : shown.privateTexts()) {
            if (reply.own() && reply.reply().text().equals(text)) {
                return Optional.of(reply.id());
            }
        }
        return Optional.empty();
    }

    private SimMember.Person at(SimMember member) {
        return new SimMember.Person() {
            @Override
            public void accepted(long handle, ContentId id) {
                Saying saying = sayings.get(handle);
                if (saying == null || saying.id.isPresent()) {
                    throw new InvariantBroken("protocol 9.8", member.name() + " accepts twice what was said once");
                }
                saying.id = Optional.of(id);
            }

            @Override
            public void refused(long handle, String why) {
                Saying saying = sayings.get(handle);
                if (saying == null || ++saying.refusals > MOST_REFUSALS) {
                    throw new InvariantBroken("protocol 9.8", member.name() + " never takes a draft: " + why);
                }
                time.in(AGAIN_MILLIS, () -> type(saying));
            }

            @Override
            public void postArrived(MemberSnapshot.BoardPost post) {
                if (!post.own() && !post.post().replyKey().isEmpty() && privateLeft > 0 && dice.chance(500)) {
                    answer(member, post.id(), authorOf(post.id()));
                }
            }

            @Override
            public void privateTextArrived(MemberSnapshot.PrivateText text) {
                if (!text.own() && privateLeft > 0) {
                    answer(member, text.id(), authorOf(text.id()));
                }
            }
        };
    }

    private void answer(SimMember from, ContentId to, Optional<SimMember> recipient) {
        privateLeft--;
        if (recipient.isPresent() && recipient.get() != from) {
            String text = "private " + privateLeft + " from " + from.name() + " to " + to;
            time.in(1, () -> say(from, recipient, new Draft.PrivateReply(to, text, NameChoice.auto())));
        }
    }

    private Optional<SimMember> authorOf(ContentId id) {
        return sayings.values().stream()
                .filter(saying -> saying.id.equals(Optional.of(id)))
                .map(saying -> saying.author)
                .findFirst();
    }

    /** Things said so far. */
    int said() {
        return sayings.size();
    }

    /** What has not arrived yet where it must; empty if all is well. Something that is where it must not be breaks an invariant. */
    Optional<String> missing() {
        if (time.elapsed() <= WRITING_MILLIS) {
            return Optional.of("people are still writing");
        }
        for (SimMember member : members) {
            Optional<MemberSnapshot> shown = member.snapshot();
            if (shown.isEmpty()) {
                return Optional.of(member.name() + " is down");
            }
            for (Saying saying : sayings.values()) {
                Optional<String> problem = missing(member, shown.get(), saying);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missing(SimMember member, MemberSnapshot shown, Saying saying) {
        String what = "'"
                + saying.draft
                        .text()
                        .substring(0, Math.min(24, saying.draft.text().length())) + "' of " + saying.author.name();
        if (saying.id.isEmpty()) {
            return Optional.of(what + " has not been taken by its client");
        }
        ContentId id = saying.id.get();
        List<String> texts = new ArrayList<>();
        shown.posts().stream()
                .filter(post -> post.id().equals(id))
                .forEach(post -> texts.add(post.post().text()));
        shown.privateTexts().stream()
                .filter(text -> text.id().equals(id))
                .forEach(text -> texts.add(text.reply().text()));
        boolean mayRead = saying.draft instanceof Draft.NewPost
                || member == saying.author
                || saying.recipient.equals(Optional.of(member));
        if (!mayRead && !texts.isEmpty()) {
            throw new InvariantBroken("protocol 7", member.name() + " reads the private text " + what);
        }
        if (texts.size() > 1 || (texts.size() == 1 && !texts.getFirst().equals(saying.draft.text()))) {
            throw new InvariantBroken("protocol 9.8", member.name() + " shows " + texts.size() + " times " + what);
        }
        return mayRead && texts.isEmpty()
                ? Optional.of(what + " has not arrived at " + member.name())
                : Optional.empty();
    }
}
