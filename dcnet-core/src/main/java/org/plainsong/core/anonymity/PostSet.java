package org.plainsong.core.anonymity;

import java.util.Collection;
import java.util.Optional;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Failed;

/**
 * Among whom a post's author hides, if failed attempts that carried it may have been revealed: the intersection of their participants (protocol §5.5). Immutable.
 */
public final class PostSet {
    /** A post that no possibly revealed attempt has carried. */
    public static final PostSet UNSENT = new PostSet(Optional.empty());

    private final Optional<ByteString> members;

    private PostSet(Optional<ByteString> members) {
        this.members = members;
    }

    /** Whether some attempt that carried the post failed after a share may have been shown. */
    public boolean mayHaveBeenRevealed() {
        return members.isPresent();
    }

    /** The post was in an attempt that failed; unchanged if no server says that it had revealed its share. */
    public PostSet afterFailed(Collection<Failed> statements) {
        // The honest server's own word decides: if it says that it has not revealed, nothing can have been combined; so
        // one that says it has is enough to assume
        // the worst. Which participants it means nobody can tell apart from the others' claims, so all of them are
        // intersected.
        PostSet narrowed = this;
        if (statements.stream().anyMatch(Failed::revealed)) {
            for (Failed each : statements) {
                if (!each.participants().isEmpty()) {
                    byte[] attached = each.participants().unsafeArray();
                    narrowed = narrowed.and(BitSets.of(attached.length, i -> attached[i] != 0));
                }
            }
        }
        return narrowed;
    }

    /** Only members of both. */
    public PostSet and(ByteString others) {
        return new PostSet(Optional.of(members.map(m -> BitSets.and(m, others)).orElse(others)));
    }

    /** How many members; 0 if nothing has been counted yet. */
    public int size() {
        return members.map(BitSets::count).orElse(0);
    }

    /** The set, once an attempt may have been revealed. */
    public Optional<ByteString> members() {
        return members;
    }
}
