package org.plainsong.member.engine;

import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PublicKey;

/** What can happen to a {@link MemberNode}. */
public sealed interface MemberEvent {
    /** The first event, once. */
    record Started() implements MemberEvent {}

    /** Time has passed: at the latest when the last {@link MemberEffect.WakeAt} asked for it. */
    record Tick() implements MemberEvent {}

    /** The connection to this server stands; the server will speak first. */
    record LinkUp(PublicKey server) implements MemberEvent {}

    /** The connection is gone. The driver tries again by itself, with growing pauses, until told {@link MemberEffect.Disconnect}. */
    record LinkDown(PublicKey server) implements MemberEvent {}

    /** A frame of this server, decoded; the signatures of a statement in it are not checked yet. */
    record FromServer(PublicKey server, Frame frame) implements MemberEvent {}

    /**
     * The member wants to say something.
     *
     * @param handle chosen by the caller, comes back in {@link MemberEffect.Accepted} or {@link MemberEffect.Refused}
     * @param draft what
     */
    record Compose(long handle, Draft draft) implements MemberEvent {}

    /** The member takes something back that has not gone out yet. */
    record Cancel(long handle, ContentId item) implements MemberEvent {}

    /** The member wants a post out that is held below their own minimum, where the policy lets them (protocol §5.5). */
    record PostAnyway(long handle, ContentId item) implements MemberEvent {}

    /** What {@link MemberEffect.Save} asked for is on disk and stays there. */
    record Saved(long ticket) implements MemberEvent {}

    /** It could not be written; nothing that rests on it has happened. */
    record SaveFailed(long ticket, String why) implements MemberEvent {}
}
