package org.plainsong.core.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files under {@code src/test/resources/vectors}, each with the source it comes from. */
public final class VectorFile {
    private VectorFile() {}

    /** The whole file of this name, without {@code .json}. */
    public static JsonNode read(String name) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name + ".json")) {
            JsonNode file = JsonMapper.shared().readTree(in.readAllBytes());
            if (!file.hasNonNull("source")) {
                throw new IllegalStateException(name + " does not name its source");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the vectors " + name, e);
        }
    }

    /** The cases of the file of this name. */
    public static List<JsonNode> cases(String name) {
        List<JsonNode> cases = List.copyOf(read(name).get("cases").values());
        if (cases.isEmpty()) {
            throw new IllegalStateException(name + " has no cases");
        }
        return cases;
    }

    /** The bytes of a hexadecimal member. */
    public static byte[] bytes(JsonNode node, String member) {
        return HexFormat.of().parseHex(node.get(member).asString());
    }

    /** The same as a byte string. */
    public static ByteString string(JsonNode node, String member) {
        return ByteString.wrap(bytes(node, member));
    }
}
