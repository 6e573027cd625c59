package org.plainsong.core.board;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.XWing;

/** What one slot says in one piece (protocol §7). {@link ContentCodec} knows its bytes. */
public sealed interface Content {
    /** Bytes of the random nonce in each content. */
    int NONCE_SIZE = 16;

    /** 16 random bytes, drawn once for each content. */
    ByteString nonce();

    /**
     * A post that everybody reads.
     *
     * @param nonce 16 random bytes
     * @param board the board it belongs to, at most {@link BoardLimits#MAX_NAME_BYTES} bytes of UTF-8
     * @param parent the content it answers; none begins a thread
     * @param text at most {@link BoardLimits#MAX_TEXT_BYTES} bytes of UTF-8
     * @param replyKey X-Wing public key for private replies, 1,216 bytes; empty for none
     * @param attachments at most {@link BoardLimits#MAX_ATTACHMENTS}
     */
    record Post(
            ByteString nonce,
            String board,
            Optional<ContentId> parent,
            String text,
            ByteString replyKey,
            List<Attachment> attachments)
            implements Content {
        /** Checks what a sender must not get wrong. */
        public Post {
            requireNonce(nonce);
            requireReplyKey(replyKey);
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * A content that only the holder of one key can read; nobody sees whose. Everyone tries each of their live keys.
     *
     * @param nonce 16 random bytes
     * @param box a {@link org.plainsong.core.crypto.SealedBox} around a {@link Reply}
     */
    record Sealed(ByteString nonce, ByteString box) implements Content {
        /** Checks what a sender must not get wrong. */
        public Sealed {
            requireNonce(nonce);
        }
    }

    /**
     * What is in a {@link Sealed}: a private reply, or with no {@code re} a message to a known member. Never travels bare.
     *
     * @param nonce 16 random bytes
     * @param re the content it answers: a post, or the id of the {@code Sealed} that carried a private reply
     * @param text at most {@link BoardLimits#MAX_TEXT_BYTES} bytes of UTF-8
     * @param replyKey a fresh X-Wing public key of the writer, so that the answer to it can be private too; empty for none
     */
    record Reply(ByteString nonce, Optional<ContentId> re, String text, ByteString replyKey) implements Content {
        /** Checks what a sender must not get wrong. */
        public Reply {
            requireNonce(nonce);
            requireReplyKey(replyKey);
        }
    }

    private static void requireNonce(ByteString nonce) {
        if (nonce.size() != NONCE_SIZE) {
            throw new IllegalArgumentException("nonce: " + nonce.size() + " bytes, must be " + NONCE_SIZE);
        }
    }

    private static void requireReplyKey(ByteString key) {
        if (!key.isEmpty() && key.size() != XWing.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException("reply key: " + key.size() + " bytes, must be " + XWing.PUBLIC_KEY_SIZE);
        }
    }
}
