package org.plainsong.member.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.board.ContentId;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.engine.PostState;

/** What programs read with {@code --json}: maps with fixed names. */
final class Shown {
    private Shown() {}

    static Map<String, Object> post(MemberSnapshot.BoardPost post) {
        Map<String, Object> shown = origin("post", post.id(), post.origin());
        shown.put("board", post.post().board());
        shown.put("parent", post.post().parent().map(ContentId::hex).orElse(""));
        shown.put("text", post.post().text());
        shown.put("private_replies", !post.post().replyKey().isEmpty());
        shown.put("own", post.own());
        return shown;
    }

    static Map<String, Object> privateText(MemberSnapshot.PrivateText text) {
        Map<String, Object> shown = origin("private", text.id(), text.origin());
        shown.put("re", text.reply().re().map(ContentId::hex).orElse(""));
        shown.put("text", text.reply().text());
        shown.put("own", text.own());
        return shown;
    }

    private static Map<String, Object> origin(String kind, ContentId id, MemberSnapshot.Origin at) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", kind);
        shown.put("id", id.hex());
        shown.put("author", at.author().name());
        shown.put("epoch", at.epoch());
        shown.put("round", at.round());
        shown.put("entry", at.entry());
        shown.put("time_millis", at.timeMillis());
        return shown;
    }

    static Map<String, Object> outbox(MemberSnapshot.OutboxView item) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", item.id().hex());
        shown.put("what", what(item.draft()));
        shown.put("bytes", item.bytes());
        shown.put("state", item.state().word());
        shown.put("detail", item.state().detail());
        if (item.state() instanceof PostState.Published published) {
            shown.put("entry", published.entry());
            shown.put("round", published.round());
        }
        shown.put("text", item.draft().text());
        return shown;
    }

    static String what(Draft draft) {
        return switch (draft) {
            case Draft.NewPost post -> "post";
            case Draft.PrivateReply reply -> "private reply";
            case Draft.Message message -> "message";
        };
    }

    static Map<String, Object> crowd(MemberSnapshot snapshot) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", snapshot.connection().state().name().toLowerCase(java.util.Locale.ROOT));
        shown.put("text", snapshot.connection().text());
        shown.put("servers", snapshot.connection().servers());
        shown.put("servers_reached", snapshot.connection().linksUp());
        shown.put("epoch", snapshot.place().epoch());
        shown.put("round", snapshot.place().round());
        shown.put("expected", snapshot.crowd().expected());
        shown.put("floor", snapshot.crowd().floor());
        shown.put("minimum", snapshot.crowd().minimum());
        shown.put("participants", snapshot.crowd().participants());
        shown.put("holding", snapshot.crowd().holding().orElse(""));
        shown.put(
                "names",
                snapshot.names().stream().map(n -> n.pseudonym().name()).toList());
        return shown;
    }

    static Map<String, Object> status(MemberSnapshot snapshot) {
        Map<String, Object> shown = crowd(snapshot);
        List<Map<String, Object>> outbox =
                snapshot.outbox().stream().map(Shown::outbox).toList();
        shown.put("outbox", outbox);
        return shown;
    }

    /** One line for people. */
    static String line(MemberSnapshot.BoardPost post) {
        return post.id().hex() + "  ~" + post.origin().author().name() + "  round "
                + post.origin().round()
                + post.post().parent().map(p -> "  re " + p).orElse("") + "\n"
                + indented(post.post().text());
    }

    static String line(MemberSnapshot.PrivateText text) {
        return text.id().hex() + "  private" + (text.own() ? ", from you" : "") + "  round "
                + text.origin().round()
                + text.reply().re().map(p -> "  re " + p).orElse("") + "\n"
                + indented(text.reply().text());
    }

    /** Other people's text must not drive the terminal. */
    private static String indented(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' ? 0xfffd : c)
                .forEach(safe::appendCodePoint);
        return "    " + safe.toString().replace("\n", "\n    ");
    }
}
