package org.plainsong.core.board;

import java.util.Arrays;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.wire.FormatException;

/**
 * Seals a private reply, or a message to a known member, to an X-Wing key (protocol §7): a {@link SealedBox} with label
 * "reply", context = group id, no additional data, around {@code u32 length ‖ reply ‖ zero bytes}.
 *
 * <p>The zero bytes bring the whole content to the size of a <i>step</i>: what one frame of a power-of-two length class
 * carries, 4 KiB at least. All short replies have one size, which is that of a post that fills the same frame, so that the
 * classes a slot asks for say no more of a reply than of a post.
 */
public final class PrivateSeal {
    /** Length class of the smallest step, bytes of a slot. */
    public static final int SMALLEST_CLASS = 4096;

    /** What a frame and a fragment add to the bytes of a content that is sent in one piece, at most. */
    public static final int FRAME_AND_FRAGMENT = 88 + 31;

    private static final int LENGTH_BYTES = 4;
    private static final ByteString NO_AAD = ByteString.EMPTY;

    private PrivateSeal() {}

    /**
     * Seals a reply.
     *
     * @param recipientKey one that {@link XWing#isAcceptablePublicKey} accepts
     * @param groupId of the group it is sent in, 32 bytes
     * @param reply what the recipient reads
     * @param nonce of the sealed content, 16 random bytes
     * @param randomness64 64 random bytes, used for this seal only
     */
    public static Content.Sealed seal(
            ByteString recipientKey, ByteString groupId, Content.Reply reply, ByteString nonce, byte[] randomness64) {
        ByteString text = ContentCodec.encode(reply);
        byte[] padded = new byte[paddedSize(text.size())];
        padded[0] = (byte) (text.size() >>> 24);
        padded[1] = (byte) (text.size() >>> 16);
        padded[2] = (byte) (text.size() >>> 8);
        padded[3] = (byte) text.size();
        text.copyTo(padded, LENGTH_BYTES);
        ByteString box = SealedBox.seal(recipientKey, randomness64, Labels.REPLY, groupId, NO_AAD, padded);
        Arrays.fill(padded, (byte) 0);
        return new Content.Sealed(nonce, box);
    }

    /** What is in a seal, or nothing if it is not for this key, not of this group or not well formed inside. */
    static Optional<Content.Reply> open(XWing.ExpandedKey key, ByteString groupId, Content.Sealed sealed) {
        Optional<byte[]> padded = SealedBox.open(key, Labels.REPLY, groupId, NO_AAD, sealed.box());
        return padded.flatMap(PrivateSeal::unpad);
    }

    private static Optional<Content.Reply> unpad(byte[] padded) {
        if (padded.length < LENGTH_BYTES) {
            return Optional.empty();
        }
        long length = ((padded[0] & 0xffL) << 24)
                | ((padded[1] & 0xff) << 16)
                | ((padded[2] & 0xff) << 8)
                | (padded[3] & 0xff);
        if (length > padded.length - LENGTH_BYTES) {
            return Optional.empty();
        }
        int end = LENGTH_BYTES + (int) length;
        for (int i = end; i < padded.length; i++) {
            if (padded[i] != 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    ContentCodec.decodeReply(ByteString.wrap(Arrays.copyOfRange(padded, LENGTH_BYTES, end))));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Bytes in the box so that the whole content has the size of the smallest step that it fits. */
    private static int paddedSize(int textSize) {
        int outside = SealedBox.OVERHEAD + SEALED_HEADS + FRAME_AND_FRAGMENT;
        long step = SMALLEST_CLASS;
        while (step - outside < textSize + LENGTH_BYTES) {
            step *= 2;
        }
        return (int) (step - outside);
    }

    /** Map head, kind, nonce and the heads of a sealed content's fields: 1 + 2 + 2 + 16 + 1 + 5 bytes at most. */
    private static final int SEALED_HEADS = 27;
}
