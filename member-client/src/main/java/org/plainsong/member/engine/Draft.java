package org.plainsong.member.engine;

import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.MemberId;

/** Something that the member wants to say; it becomes a content when the node takes it into the outbox (protocol §7). */
public sealed interface Draft {
    /** The text, plain, at most {@link org.plainsong.core.board.BoardLimits#MAX_TEXT_BYTES} bytes of UTF-8. */
    String text();

    /** Under which name it goes out. */
    NameChoice name();

    /**
     * A post for everybody.
     *
     * @param board the board, may be empty
     * @param parent what it answers; none begins a thread
     * @param text the text
     * @param name under which name
     * @param replyKey whether it carries a key for private replies
     */
    record NewPost(String board, Optional<ContentId> parent, String text, NameChoice name, boolean replyKey)
            implements Draft {}

    /**
     * A reply that only the author of {@code to} can read.
     *
     * @param to a post with a reply key, or a private text that was opened here
     * @param text the text
     * @param name under which name the sealed content goes out
     */
    record PrivateReply(ContentId to, String text, NameChoice name) implements Draft {}

    /**
     * A message that only one known member can read; the sender stays anonymous.
     *
     * @param to a member of the roster
     * @param text the text
     * @param name under which name the sealed content goes out
     */
    record Message(MemberId to, String text, NameChoice name) implements Draft {}
}
