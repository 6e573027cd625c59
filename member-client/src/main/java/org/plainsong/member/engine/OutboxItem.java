package org.plainsong.member.engine;

import java.util.Optional;
import org.plainsong.core.anonymity.PostSet;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;

/** Something to be said, until it stands in certified records. */
final class OutboxItem {
    private final VaultRecord.Outgoing kept;
    private final Optional<ContentId> thread;
    private PostState state = new PostState.Waiting("for its slot", false);
    private int certified;
    private boolean submitted;
    private boolean anyway;
    private PostSet set = PostSet.UNSENT;
    private Optional<OwnNames.Name> name = Optional.empty();

    /**
     * @param thread root of the thread that a post belongs to, itself where it begins one; none for private texts
     */
    OutboxItem(VaultRecord.Outgoing kept, Optional<ContentId> thread) {
        this.kept = kept;
        this.thread = thread;
    }

    ContentId id() {
        return kept.id();
    }

    ByteString content() {
        return kept.content();
    }

    VaultRecord.Outgoing kept() {
        return kept;
    }

    Optional<ContentId> thread() {
        return thread;
    }

    PostState state() {
        return state;
    }

    void state(PostState now) {
        state = now;
    }

    /** Whether it still wants to go out. */
    boolean isPending() {
        return !(state instanceof PostState.Published) && !(state instanceof PostState.Stopped);
    }

    /** Bytes from its beginning that certified records hold, in the slot of its name. */
    int certified() {
        return certified;
    }

    void certified(int bytes) {
        certified = bytes;
    }

    /** Whether a part of it was ever in a ciphertext: it cannot be taken back. */
    boolean wasSubmitted() {
        return submitted;
    }

    void submitted() {
        submitted = true;
    }

    boolean anyway() {
        return anyway;
    }

    void postAnyway() {
        anyway = true;
    }

    /** Who may have written it, where attempts that failed may have shown it. */
    PostSet set() {
        return set;
    }

    void set(PostSet narrowed) {
        set = narrowed;
    }

    /** The own name that it goes out under in this epoch, once chosen. */
    Optional<OwnNames.Name> name() {
        return name;
    }

    void name(OwnNames.Name chosen) {
        name = Optional.of(chosen);
    }

    /**
     * The epoch is over: what was begun is dropped by all receivers, so that it goes again from its first byte.
     *
     * @param carriedOver the possible authors as members of the next epoch
     */
    void epochOver(PostSet carriedOver) {
        set = carriedOver;
        certified = 0;
        name = Optional.empty();
        if (isPending()) {
            state = new PostState.Waiting("for the next epoch", false);
        }
    }
}
