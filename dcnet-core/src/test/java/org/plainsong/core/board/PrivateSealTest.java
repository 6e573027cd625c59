package org.plainsong.core.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.PublicKey;

final class PrivateSealTest {
    private static final ByteString GROUP = ByteString.wrap(new byte[32]);
    private final Randomness randomness = Randomness.seeded(new byte[] {7});

    @Test
    void opensForItsKeyAndNoOther() {
        ReplyKey author = key();
        ReplyKey stranger = key();
        Content.Sealed sealed = seal(author.publicKey(), "for you alone");
        assertThat(author.open(GROUP, sealed).orElseThrow().text()).isEqualTo("for you alone");
        assertThat(stranger.open(GROUP, sealed)).isEmpty();
        assertThat(author.open(ByteString.wrap(new byte[] {1}), sealed)).isEmpty();
    }

    @Test
    void goesBackAndForthWithFreshKeys() {
        ReplyKey author = key();
        ReplyKey replier = key();
        Content.Reply first = new Content.Reply(nonce(), Optional.empty(), "who are you?", replier.publicKey());
        Content.Sealed there = PrivateSeal.seal(author.publicKey(), GROUP, first, nonce(), randomness.bytes(64));
        Content.Reply read = author.open(GROUP, there).orElseThrow();
        ContentId thereId = ContentId.of(ContentCodec.encode(there));
        Content.Reply second = new Content.Reply(nonce(), Optional.of(thereId), "nobody", key().publicKey());
        Content.Sealed back = PrivateSeal.seal(read.replyKey(), GROUP, second, nonce(), randomness.bytes(64));
        assertThat(replier.open(GROUP, back)).contains(second);
        assertThat(author.open(GROUP, back)).isEmpty();
    }

    @Test
    void isOfOneSizeForAllShortTexts() {
        ReplyKey author = key();
        int size = ContentCodec.encode(seal(author.publicKey(), "")).size();
        assertThat(ContentCodec.encode(seal(author.publicKey(), "a".repeat(1000)))
                        .size())
                .isEqualTo(size);
        assertThat(Fragment.bodySize(size, 0) + 88).isLessThanOrEqualTo(PrivateSeal.SMALLEST_CLASS);
        int longer =
                ContentCodec.encode(seal(author.publicKey(), "a".repeat(5000))).size();
        assertThat(Fragment.bodySize(longer, 0) + 88).isBetween(8192 - 16, 8192);
    }

    @Test
    void isNotOpenedWhenAnyByteIsChanged() {
        ReplyKey author = key();
        Content.Sealed sealed = seal(author.publicKey(), "text");
        for (int at = 0; at < sealed.box().size(); at += 97) {
            byte[] changed = sealed.box().toByteArray();
            changed[at] ^= 1;
            assertThat(author.open(GROUP, new Content.Sealed(sealed.nonce(), ByteString.wrap(changed))))
                    .isEmpty();
        }
    }

    @Test
    void givesEverySlotOfAnEpochANameOfItsOwn() {
        List<PublicKey> slots = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            slots.add(new PublicKey(ByteString.wrap(randomness.bytes(32))));
        }
        List<Pseudonym> names = Pseudonym.ofEpoch(slots);
        assertThat(names.stream().map(Pseudonym::name)).doesNotHaveDuplicates();
        assertThat(names).allSatisfy(n -> assertThat(n.hue()).isBetween(0, 359));
    }

    private Content.Sealed seal(ByteString to, String text) {
        Content.Reply reply = new Content.Reply(nonce(), Optional.empty(), text, key().publicKey());
        return PrivateSeal.seal(to, GROUP, reply, nonce(), randomness.bytes(64));
    }

    private ReplyKey key() {
        return ReplyKey.fromSeed(Secret.wrap(randomness.bytes(32)));
    }

    private ByteString nonce() {
        return ByteString.wrap(randomness.bytes(16));
    }
}
