package org.plainsong.member.engine;

import java.util.Optional;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.FormatException;

/** Drafts as bytes: in the vault, and from one process of a profile to another. Within one version only. */
public final class DraftCodec {
    private static final int MAX = 16 << 20;

    private DraftCodec() {}

    /** One array. */
    public static void encode(CborWriter out, Draft draft) {
        switch (draft) {
            case Draft.NewPost post -> {
                out.array(7).uint(1);
                encodeChoice(out, post.name());
                out.text(post.text()).text(post.board());
                out.bytes(post.parent().map(ContentId::value).orElse(ByteString.EMPTY))
                        .uint(post.replyKey() ? 1 : 0);
            }
            case Draft.PrivateReply reply -> {
                out.array(5).uint(2);
                encodeChoice(out, reply.name());
                out.text(reply.text()).bytes(reply.to().value());
            }
            case Draft.Message message -> {
                out.array(5).uint(3);
                encodeChoice(out, message.name());
                out.text(message.text()).bytes(message.to().value());
            }
        }
    }

    /** Reads one. */
    public static Draft decode(CborReader in) throws FormatException {
        in.array("draft", 5, 7);
        int kind = in.uintAsInt("draft kind", 3);
        NameChoice name = decodeChoice(in);
        String text = in.textWithControls("text", MAX);
        return switch (kind) {
            case 1 -> {
                String board = in.text("board", MAX);
                ByteString parent = in.bytes("parent", 0, ContentId.SIZE);
                boolean replyKey = in.uint("reply key", 1) == 1;
                yield new Draft.NewPost(
                        board,
                        parent.isEmpty() ? Optional.empty() : Optional.of(new ContentId(parent)),
                        text,
                        name,
                        replyKey);
            }
            case 2 -> new Draft.PrivateReply(new ContentId(in.bytesExact("to", ContentId.SIZE)), text, name);
            case 3 -> new Draft.Message(new MemberId(in.bytesExact("to", MemberId.SIZE)), text, name);
            default -> throw new FormatException("draft kind", kind + " is not known");
        };
    }

    /** Two items: kind and name. */
    private static void encodeChoice(CborWriter out, NameChoice choice) {
        switch (choice) {
            case NameChoice.Auto auto -> out.uint(0).text("");
            case NameChoice.Fresh fresh -> out.uint(1).text("");
            case NameChoice.Named named -> out.uint(2).text(named.name());
        }
    }

    private static NameChoice decodeChoice(CborReader in) throws FormatException {
        int kind = in.uintAsInt("name choice", 2);
        String name = in.text("name", 1000);
        return switch (kind) {
            case 0 -> new NameChoice.Auto();
            case 1 -> new NameChoice.Fresh();
            default -> new NameChoice.Named(name);
        };
    }
}
