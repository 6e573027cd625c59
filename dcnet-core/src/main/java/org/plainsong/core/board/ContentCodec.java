package org.plainsong.core.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;

/**
 * Bytes of a content (protocol §7): a CBOR map, key 1 = kind, key 2 = nonce, then the fields of the kind from key 3 on in
 * the order of the record's components, all present; nothing where there is none is an empty byte string. Kind 1 post
 * (7 entries), 2 sealed (3 entries), 3 reply (5 entries, within a seal only).
 */
public final class ContentCodec {
    private static final int POST = 1;
    private static final int SEALED = 2;
    private static final int REPLY = 3;

    private static final int POST_ENTRIES = 7;
    private static final int SEALED_ENTRIES = 3;
    private static final int REPLY_ENTRIES = 5;

    private ContentCodec() {}

    /** The one encoding of a content. */
    public static ByteString encode(Content content) {
        return switch (content) {
            case Content.Post post -> encodePost(post);
            case Content.Sealed sealed -> {
                CborWriter out = begin(SEALED_ENTRIES, SEALED, sealed.nonce());
                yield out.key(3).bytes(sealed.box()).toByteString();
            }
            case Content.Reply reply -> {
                CborWriter out = begin(REPLY_ENTRIES, REPLY, reply.nonce());
                out.key(3).bytes(bytesOf(reply.re()));
                yield out.key(4)
                        .text(reply.text())
                        .key(5)
                        .bytes(reply.replyKey())
                        .toByteString();
            }
        };
    }

    /**
     * A content as it travels in slots: a post or a sealed one.
     *
     * @throws FormatException naming the field; a bare reply is one too
     */
    public static Content decode(ByteString bytes) throws FormatException {
        limit("content", bytes);
        CborReader in = new CborReader(bytes);
        int entries = in.mapBetween("content", SEALED_ENTRIES, POST_ENTRIES);
        in.key("kind", 1);
        int kind = in.uintAsInt("kind", REPLY);
        Content content = switch (kind) {
            case POST -> readPost(in, entries);
            case SEALED -> readSealed(in, entries);
            case REPLY -> throw new FormatException("kind", "a reply that is not sealed");
            default -> throw new FormatException("kind", kind + " is not known");
        };
        in.end();
        return content;
    }

    /**
     * The reply in a seal.
     *
     * @throws FormatException naming the field
     */
    public static Content.Reply decodeReply(ByteString bytes) throws FormatException {
        limit("reply", bytes);
        CborReader in = new CborReader(bytes);
        in.map("reply", REPLY_ENTRIES);
        in.key("kind", 1);
        in.uint("kind", REPLY, REPLY);
        ByteString nonce = readNonce(in);
        in.key("re", 3);
        Optional<ContentId> re = readId(in, "re");
        in.key("text", 4);
        String text = in.textWithControls("text", BoardLimits.MAX_TEXT_BYTES);
        in.key("reply key", 5);
        ByteString replyKey = readReplyKey(in);
        in.end();
        return new Content.Reply(nonce, re, text, replyKey);
    }

    private static ByteString encodePost(Content.Post post) {
        CborWriter out = begin(POST_ENTRIES, POST, post.nonce());
        out.key(3).text(post.board());
        out.key(4).bytes(bytesOf(post.parent()));
        out.key(5).text(post.text());
        out.key(6).bytes(post.replyKey());
        out.key(7).array(post.attachments().size());
        for (Attachment attachment : post.attachments()) {
            out.array(3).text(attachment.name()).text(attachment.mediaType()).bytes(attachment.bytes());
        }
        return out.toByteString();
    }

    private static CborWriter begin(int entries, int kind, ByteString nonce) {
        return new CborWriter(512).map(entries).key(1).uint(kind).key(2).bytes(nonce);
    }

    private static Content.Post readPost(CborReader in, int entries) throws FormatException {
        requireEntries("post", POST_ENTRIES, entries);
        ByteString nonce = readNonce(in);
        in.key("board", 3);
        String board = in.text("board", BoardLimits.MAX_NAME_BYTES);
        in.key("parent", 4);
        Optional<ContentId> parent = readId(in, "parent");
        in.key("text", 5);
        String text = in.textWithControls("text", BoardLimits.MAX_TEXT_BYTES);
        in.key("reply key", 6);
        ByteString replyKey = readReplyKey(in);
        in.key("attachments", 7);
        return new Content.Post(nonce, board, parent, text, replyKey, readAttachments(in));
    }

    private static Content.Sealed readSealed(CborReader in, int entries) throws FormatException {
        requireEntries("sealed", SEALED_ENTRIES, entries);
        ByteString nonce = readNonce(in);
        in.key("box", 3);
        return new Content.Sealed(nonce, in.bytes("box", SealedBox.OVERHEAD, BoardLimits.MAX_CONTENT_BYTES));
    }

    private static ByteString readNonce(CborReader in) throws FormatException {
        in.key("nonce", 2);
        return in.bytesExact("nonce", Content.NONCE_SIZE);
    }

    private static Optional<ContentId> readId(CborReader in, String field) throws FormatException {
        ByteString value = in.bytes(field, 0, ContentId.SIZE);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.size() != ContentId.SIZE) {
            throw new FormatException(field, value.size() + " bytes, must be none or " + ContentId.SIZE);
        }
        return Optional.of(new ContentId(value));
    }

    private static ByteString readReplyKey(CborReader in) throws FormatException {
        ByteString value = in.bytes("reply key", 0, XWing.PUBLIC_KEY_SIZE);
        if (!value.isEmpty() && !XWing.isAcceptablePublicKey(value)) {
            throw new FormatException("reply key", "not an X-Wing public key");
        }
        return value;
    }

    private static List<Attachment> readAttachments(CborReader in) throws FormatException {
        int count = in.array("attachments", 0, BoardLimits.MAX_ATTACHMENTS);
        List<Attachment> attachments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrayExact("attachment", 3);
            String name = in.text("attachment name", BoardLimits.MAX_NAME_BYTES);
            String mediaType = in.text("attachment media type", BoardLimits.MAX_NAME_BYTES);
            attachments.add(
                    new Attachment(name, mediaType, in.bytes("attachment bytes", 0, BoardLimits.MAX_CONTENT_BYTES)));
        }
        return attachments;
    }

    private static void requireEntries(String what, int expected, int found) throws FormatException {
        if (expected != found) {
            throw new FormatException(what, found + " entries, must be " + expected);
        }
    }

    private static void limit(String what, ByteString bytes) throws FormatException {
        if (bytes.size() > BoardLimits.MAX_CONTENT_BYTES) {
            throw new FormatException(
                    what, bytes.size() + " bytes, at most " + BoardLimits.MAX_CONTENT_BYTES + " allowed");
        }
    }

    private static ByteString bytesOf(Optional<ContentId> id) {
        return id.map(ContentId::value).orElse(ByteString.EMPTY);
    }
}
