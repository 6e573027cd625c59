package org.plainsong.member.net;

import org.plainsong.member.engine.MemberEffect;
import org.plainsong.member.engine.MemberSnapshot;

/** Hears what a running member has to tell; called on the member's thread, so it must not wait. */
public interface DriverListener {
    /** Something that is shown has changed. */
    default void changed(MemberSnapshot snapshot) {}

    /** A post arrived whole, once for each content id. */
    default void post(MemberSnapshot.BoardPost post) {}

    /** A private text arrived that this member can read, once for each content id. */
    default void privateText(MemberSnapshot.PrivateText text) {}

    /** Something that people or logs should know; holds no text, name, key or address. */
    default void notice(MemberEffect.Notice notice) {}

    /** The member has stopped because of a bug of ours; nothing more will happen. */
    default void broken(RuntimeException bug) {}
}
