package org.plainsong.core.board;

import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.XWing;

/**
 * A key that opens what was sealed to it: of one own post or reply, or a member's roster sealing key (protocol §7). Its
 * 32-byte seed is kept in the vault of the author. Close it when nothing more is to be opened with it.
 */
public final class ReplyKey implements AutoCloseable {
    /** Bytes of the seed. */
    public static final int SEED_SIZE = XWing.SEED_SIZE;

    private final XWing.ExpandedKey expanded;

    private ReplyKey(XWing.ExpandedKey expanded) {
        this.expanded = expanded;
    }

    /** The key of this seed, which stays the caller's to wipe. */
    public static ReplyKey fromSeed(Secret seed32) {
        return new ReplyKey(XWing.ExpandedKey.of(seed32));
    }

    /** The 1,216 bytes that others seal to. */
    public ByteString publicKey() {
        return expanded.publicKey();
    }

    /** What was sealed to this key in this group; nothing if it was sealed to another one or is broken. */
    public Optional<Content.Reply> open(ByteString groupId, Content.Sealed sealed) {
        return PrivateSeal.open(expanded, groupId, sealed);
    }

    @Override
    public void close() {
        expanded.close();
    }
}
