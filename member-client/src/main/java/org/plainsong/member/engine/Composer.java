package org.plainsong.member.engine;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.board.BoardLimits;
import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentCodec;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.PrivateSeal;
import org.plainsong.core.board.ReplyKey;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterMember;

/** Makes contents of drafts (protocol §7). */
final class Composer {
    /** A draft that cannot be sent; the text says why and what to do. */
    static final class Unsendable extends Exception {
        private static final long serialVersionUID = 1L;

        Unsendable(String why) {
            super(why);
        }
    }

    private final ByteString group;
    private final Randomness randomness;
    private final Shelf shelf;

    Composer(ByteString group, Randomness randomness, Shelf shelf) {
        this.group = group;
        this.randomness = randomness;
        this.shelf = shelf;
    }

    /** The content of a draft, with what the vault must keep of it. */
    VaultRecord.Outgoing compose(Draft draft, Optional<Roster> roster) throws Unsendable {
        requireText("the text", draft.text(), BoardLimits.MAX_TEXT_BYTES);
        if (draft.text().isBlank()) {
            throw new Unsendable("There is no text. Write something.");
        }
        return switch (draft) {
            case Draft.NewPost post -> post(post);
            case Draft.PrivateReply reply ->
                seal(
                        reply,
                        Optional.of(reply.to()),
                        shelf.replyKeyOf(reply.to())
                                .orElseThrow(() -> new Unsendable("There is nothing here with this id that can be"
                                        + " answered privately. Choose a post that has a reply key.")));
            case Draft.Message message -> seal(message, Optional.empty(), sealingKey(message, roster));
        };
    }

    private VaultRecord.Outgoing post(Draft.NewPost draft) throws Unsendable {
        requireText("the board's name", draft.board(), BoardLimits.MAX_NAME_BYTES);
        if (draft.board().codePoints().anyMatch(Character::isISOControl)) {
            throw new Unsendable("The board's name holds a control character. Choose another.");
        }
        Optional<Secret> seed = draft.replyKey() ? Optional.of(freshSeed()) : Optional.empty();
        ByteString replyKey = seed.map(Composer::publicKey).orElse(ByteString.EMPTY);
        ByteString content = ContentCodec.encode(
                new Content.Post(nonce(), draft.board(), draft.parent(), draft.text(), replyKey, List.of()));
        return new VaultRecord.Outgoing(ContentId.of(content), content, draft, ByteString.EMPTY, seed);
    }

    private VaultRecord.Outgoing seal(Draft draft, Optional<ContentId> re, ByteString to) {
        Secret seed = freshSeed();
        Content.Reply reply = new Content.Reply(nonce(), re, draft.text(), publicKey(seed));
        byte[] forSeal = randomness.bytes(XWing.RANDOMNESS_SIZE);
        ByteString content = ContentCodec.encode(PrivateSeal.seal(to, group, reply, nonce(), forSeal));
        return new VaultRecord.Outgoing(
                ContentId.of(content), content, draft, ContentCodec.encode(reply), Optional.of(seed));
    }

    private static ByteString sealingKey(Draft.Message message, Optional<Roster> roster) throws Unsendable {
        return roster.flatMap(r -> r.member(message.to()))
                .map(RosterMember::sealingKey)
                .orElseThrow(() -> new Unsendable("There is no such member in the roster. Check the id."));
    }

    private static void requireText(String what, String text, int most) throws Unsendable {
        try {
            int size = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
            if (size > most) {
                throw new Unsendable(
                        what + " has " + size + " bytes, at most " + most + " are possible. Make it shorter.");
            }
        } catch (CharacterCodingException e) {
            throw new Unsendable(what + " holds half a character. Type it again.");
        }
    }

    private Secret freshSeed() {
        return Secret.wrap(randomness.bytes(ReplyKey.SEED_SIZE));
    }

    private ByteString nonce() {
        return ByteString.wrap(randomness.bytes(Content.NONCE_SIZE));
    }

    private static ByteString publicKey(Secret seed) {
        try (ReplyKey key = ReplyKey.fromSeed(seed)) {
            return key.publicKey();
        }
    }
}
