package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.Signed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors are what this code says, and what they say holds without the code that wrote them. */
final class WireVectorsTest {
    @Test
    void theFilesAreUpToDate() throws IOException {
        for (Map.Entry<String, String> file : WireVectors.files().entrySet()) {
            String published = Files.readString(WireVectors.folder().resolve(file.getKey()));
            assertThat(published.equals(file.getValue()))
                    .as(
                            "docs/vectors/%s is stale: if the format was meant to change, run WireVectors.main and review the difference",
                            file.getKey())
                    .isTrue();
        }
    }

    @Test
    void publishedSignaturesAreGood() throws IOException, FormatException {
        for (JsonNode one : read("messages.json").get("cases")) {
            byte[] signed = bytes(one, "signed").toByteArray();
            for (JsonNode signer : one.get("signers")) {
                assertThat(Ed25519.verify(bytes(signer, "publicKey"), signed, bytes(signer, "signature")))
                        .as(one.get("name").stringValue())
                        .isTrue();
            }
            Signed<?> decoded = Envelopes.decode(bytes(one, "envelope"));
            assertThat(decoded.payload()).isEqualTo(bytes(one, "payload"));
            assertThat(new WireSignatureCheck().allGood(decoded)).isTrue();
        }
    }

    @Test
    void publishedBadBytesAreRefusedAtTheirField() throws IOException {
        JsonNode file = read("messages-bad.json");
        for (JsonNode one : file.get("payloads")) {
            MessageType type = MessageType.named(one.get("type").stringValue()).orElseThrow();
            refused(
                    one,
                    catchThrowableOfType(
                            FormatException.class, () -> MessageCodec.decode(type, bytes(one, "payload"))));
        }
        for (JsonNode one : file.get("envelopes")) {
            refused(one, catchThrowableOfType(FormatException.class, () -> Envelopes.decode(bytes(one, "envelope"))));
        }
        for (JsonNode one : read("frames.json").get("bad")) {
            refused(
                    one,
                    catchThrowableOfType(
                            FormatException.class, () -> Frames.decode(bytes(one, "frame"), FrameLimits.FROM_SERVER)));
        }
    }

    @Test
    void publishedBadSignaturesAreNotBelieved() throws IOException, FormatException {
        for (JsonNode one : read("messages-bad.json").get("signatures")) {
            assertThat(new WireSignatureCheck().allGood(Envelopes.decode(bytes(one, "envelope"))))
                    .as(one.get("name").stringValue())
                    .isEqualTo(one.get("good").booleanValue());
        }
    }

    private static void refused(JsonNode one, FormatException refused) {
        assertThat(refused).as(one.toString()).isNotNull();
        assertThat(refused.field())
                .as(one.toString())
                .isEqualTo(one.get("field").stringValue());
    }

    private static JsonNode read(String file) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(WireVectors.folder().resolve(file)));
    }

    private static ByteString bytes(JsonNode one, String name) {
        return ByteString.fromHex(one.get(name).stringValue());
    }
}
