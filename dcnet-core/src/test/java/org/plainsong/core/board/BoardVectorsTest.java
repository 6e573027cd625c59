package org.plainsong.core.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.SealedBox;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.wire.FormatException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/vectors/board.json} was made by a program of its own, in another language. */
final class BoardVectorsTest {
    private final JsonNode vectors = read();

    @Test
    void encodesAndDecodesPosts() throws FormatException {
        for (JsonNode vector : vectors.get("posts")) {
            Content.Post post = new Content.Post(
                    hex(vector, "nonce"),
                    vector.get("board").asString(),
                    id(vector, "parent"),
                    vector.get("text").asString(),
                    hex(vector, "replyKey"),
                    attachments(vector.get("attachments")));
            ByteString expected = hex(vector, "content");
            assertThat(ContentCodec.encode(post)).as(name(vector)).isEqualTo(expected);
            assertThat(ContentCodec.decode(expected)).as(name(vector)).isEqualTo(post);
            assertThat(ContentId.of(expected).value()).as(name(vector)).isEqualTo(hex(vector, "contentId"));
        }
    }

    @Test
    void encodesAndDecodesSealedContents() throws FormatException {
        for (JsonNode vector : vectors.get("sealed")) {
            Content.Sealed sealed = new Content.Sealed(hex(vector, "nonce"), hex(vector, "box"));
            ByteString expected = hex(vector, "content");
            assertThat(ContentCodec.encode(sealed)).isEqualTo(expected);
            assertThat(ContentCodec.decode(expected)).isEqualTo(sealed);
            assertThat(ContentId.of(expected).value()).isEqualTo(hex(vector, "contentId"));
        }
    }

    @Test
    void sealsRepliesPaddedToTheirStep() throws FormatException {
        XWing.KeyPair key = XWing.generate(Randomness.seeded(new byte[] {1}).bytes(32));
        ByteString group = ByteString.wrap(new byte[32]);
        for (JsonNode vector : vectors.get("replies")) {
            Content.Reply reply = new Content.Reply(
                    hex(vector, "nonce"), id(vector, "re"), vector.get("text").asString(), hex(vector, "replyKey"));
            assertThat(ContentCodec.encode(reply)).as(name(vector)).isEqualTo(hex(vector, "reply"));
            assertThat(ContentCodec.decodeReply(hex(vector, "reply")))
                    .as(name(vector))
                    .isEqualTo(reply);
            Content.Sealed sealed = PrivateSeal.seal(
                    key.publicKey(),
                    group,
                    reply,
                    hex(vector, "nonce"),
                    Randomness.seeded(new byte[] {2}).bytes(64));
            assertThat(sealed.box().size() - SealedBox.OVERHEAD)
                    .as(name(vector))
                    .isEqualTo(vector.get("paddedSize").asInt());
        }
    }

    @Test
    void cutsFragments() throws FormatException {
        for (JsonNode vector : vectors.get("fragments")) {
            Fragment cut = Fragment.cut(
                    hex(vector, "content"),
                    vector.get("offset").asInt(),
                    vector.get("room").asInt());
            assertThat(cut.encode()).as(name(vector)).isEqualTo(hex(vector, "fragment"));
            assertThat(cut.bytes().size())
                    .as(name(vector))
                    .isEqualTo(vector.get("length").asInt());
            assertThat(Fragment.decode(hex(vector, "fragment")))
                    .as(name(vector))
                    .isEqualTo(cut);
        }
    }

    @Test
    void namesTheFieldThatIsWrong() {
        for (JsonNode vector : vectors.get("bad")) {
            FormatException thrown =
                    catchThrowableOfType(FormatException.class, () -> ContentCodec.decode(hex(vector, "content")));
            assertThat(thrown).as(name(vector)).isNotNull();
            assertThat(thrown.field())
                    .as(name(vector))
                    .isEqualTo(vector.get("field").asString());
        }
    }

    @Test
    void namesAndColoursSlots() {
        for (JsonNode vector : vectors.get("pseudonyms")) {
            assertThat(Pseudonym.of(new PublicKey(hex(vector, "slotKey"))))
                    .isEqualTo(new Pseudonym(
                            vector.get("name").asString(), vector.get("hue").asInt()));
        }
    }

    private static List<Attachment> attachments(JsonNode list) {
        List<Attachment> attachments = new ArrayList<>();
        for (JsonNode each : list) {
            attachments.add(new Attachment(
                    each.get("name").asString(), each.get("mediaType").asString(), hex(each, "bytes")));
        }
        return attachments;
    }

    private static Optional<ContentId> id(JsonNode vector, String field) {
        ByteString value = hex(vector, field);
        return value.isEmpty() ? Optional.empty() : Optional.of(new ContentId(value));
    }

    private static ByteString hex(JsonNode vector, String field) {
        return ByteString.fromHex(vector.get(field).asString());
    }

    private static String name(JsonNode vector) {
        return vector.get("name").asString();
    }

    private static JsonNode read() {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(Path.of("..", "docs", "vectors", "board.json")));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the vectors", e);
        }
    }
}
