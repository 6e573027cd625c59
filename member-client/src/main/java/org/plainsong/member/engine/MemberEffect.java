package org.plainsong.member.engine;

import java.util.List;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PublicKey;

/** What a {@link MemberNode} wants done, in the order given. */
public sealed interface MemberEffect {
    /**
     * Open a connection to this server and keep it: reconnect when it breaks. If one is open, close it and open a new one;
     * no event of the old one comes after this.
     *
     * @param server whose URL and pin stand in the roster
     * @param attached whether the member will submit on it; the node says so itself in its {@code Attach}
     */
    record Connect(PublicKey server, boolean attached) implements MemberEffect {}

    /** Close the connection to this server and do not open it again. */
    record Disconnect(PublicKey server) implements MemberEffect {}

    /** Send a frame on the open connection to this server; without one it is dropped. */
    record ToServer(PublicKey server, Frame frame) implements MemberEffect {}

    /** Write to the vault, all records or none; then say {@link MemberEvent.Saved} with the ticket, or {@link MemberEvent.SaveFailed}. */
    record Save(List<VaultRecord> records, long ticket) implements MemberEffect {
        /** Copies the list. */
        public Save {
            records = List.copyOf(records);
        }
    }

    /** A {@link MemberEvent.Tick} is wanted at this time at the latest; replaces what was asked before. */
    record WakeAt(long millis) implements MemberEffect {}

    /** A draft is in the outbox, on disk, and will be delivered exactly once under this id. Also the answer to a cancel that took place. */
    record Accepted(long handle, ContentId id) implements MemberEffect {}

    /** It could not be taken or done; {@code why} names the reason and what to do. */
    record Refused(long handle, String why) implements MemberEffect {}

    /** A post arrived whole in certified records, once for each content id. */
    record PostArrived(MemberSnapshot.BoardPost post) implements MemberEffect {}

    /** A private text that this member can read arrived, once for each content id. */
    record PrivateTextArrived(MemberSnapshot.PrivateText text) implements MemberEffect {}

    /** Something in what is shown has changed. */
    record Snapshot(MemberSnapshot snapshot) implements MemberEffect {}

    /**
     * Something that people or logs should know. Holds no text, name, key or address.
     *
     * @param kind a word that programs compare, for instance {@code finding}, {@code failover}, {@code problem}
     * @param text for people
     */
    record Notice(String kind, String text) implements MemberEffect {}
}
