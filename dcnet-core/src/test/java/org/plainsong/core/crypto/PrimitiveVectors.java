package org.plainsong.core.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.bytes.Secret;
import org.plainsong.core.pad.PadKernel;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.pad.PadStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the vectors of the primitives under {@code docs/vectors}, for whoever writes a second implementation: inputs,
 * every value on the way, output, and inputs that must be refused. {@link PrimitiveVectorsTest} fails when a file there is
 * not what this program writes.
 */
final class PrimitiveVectors {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Randomness random = Randomness.seeded("vectors".getBytes(StandardCharsets.US_ASCII));

    private PrimitiveVectors() {}

    /** Writes all files into the directory named by the only argument. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(Path.of(args[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** File name to contents. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pads.json", json(new PrimitiveVectors().pads()));
        files.put("seal.json", json(new PrimitiveVectors().seals()));
        files.put("labelled-hash.json", json(new PrimitiveVectors().labelledHashes()));
        files.put("tree.json", json(new PrimitiveVectors().trees()));
        files.put("signature.json", json(SignatureVectors.all()));
        files.put("cbor-bad.json", json(CborVectors.all()));
        return files;
    }

    private Map<String, Object> pads() {
        List<Object> cases = new ArrayList<>();
        long[] rounds = {1, 2, 1L << 40};
        for (int i = 0; i < rounds.length; i++) {
            cases.add(pad(1 + 300 * i, rounds[i], i));
        }
        return object(
                "description",
                "Pads (protocol §4.1, §5.2). pairSecret = HKDF(salt = epochId, ikm = sharedSecret, info = label 'pad' ‖"
                        + " memberId ‖ server as 2 bytes). confirmTag = HMAC(pairSecret, label 'confirm'). padKey ="
                        + " HKDF(salt = empty, ikm = pairSecret, info = label 'pad key'). nonce = first 12 bytes of the"
                        + " labelled hash 'pad nonce' of epochId, round (8 bytes), attempt (8 bytes), prev. The stream"
                        + " is AES-256-CTR under padKey from the counter block nonce ‖ 00000000; streamAtN are its 64"
                        + " bytes from byte N on. xored is all streams of this file's first 64 bytes, XORed, each under"
                        + " the nonce of the first case. Numbers big-endian; a label is the ASCII text 'plainsong-1 ' and its name.",
                "cases",
                cases,
                "xored",
                xored(cases));
    }

    private Map<String, Object> pad(int server, long round, int attempt) {
        ByteString shared = drawn(32);
        ByteString epochId = drawn(32);
        ByteString memberId = drawn(16);
        ByteString prev = drawn(32);
        Secret pairSecret = PadKey.pairSecret(epochId, Secret.copyOf(shared.unsafeArray()), memberId, server);
        PadKey key = PadKey.of(pairSecret);
        byte[] nonce = PadKey.nonce(epochId, round, attempt, prev);
        return object(
                "sharedSecret", shared.hex(),
                "epochId", epochId.hex(),
                "memberId", memberId.hex(),
                "server", server,
                "round", round,
                "attempt", attempt,
                "prev", prev.hex(),
                "pairSecret", hex(pairSecret.expose()),
                "confirmTag", PadKey.confirmTag(pairSecret).hex(),
                "padKey", hex(key.expose()),
                "nonce", hex(nonce),
                "streamAt0", hex(stream(key, nonce, 0)),
                "streamAt16384", hex(stream(key, nonce, 16384)),
                "byteAt16447", hex(new byte[] {key.stream().byteAt(nonce, 16447)}));
    }

    private static byte[] stream(PadKey key, byte[] nonce, long start) {
        byte[] bytes = new byte[64];
        PadKernel.xorRangeInto(new PadStream[] {key.stream()}, 0, 1, nonce, start, bytes, 0, 64);
        return bytes;
    }

    private static String xored(List<Object> cases) {
        byte[] nonce = HexFormat.of().parseHex(member(cases.get(0), "nonce"));
        PadStream[] streams = cases.stream()
                .map(each -> PadKey.of(Secret.wrap(HexFormat.of().parseHex(member(each, "pairSecret")))).stream())
                .toArray(PadStream[]::new);
        byte[] buffer = new byte[64];
        PadKernel.xorInto(streams, streams.length, nonce, buffer, 0, 64);
        return hex(buffer);
    }

    private Map<String, Object> seals() {
        return object(
                "description",
                "Seal and MultiSeal (protocol §4.3, §7). keySeeds are X-Wing seeds. Seal: box = encapsulation (1120"
                        + " bytes) ‖ AES-256-GCM(plaintext) under aeadKey = HKDF(salt = empty, ikm = sharedSecret, info"
                        + " = label ‖ context), nonce 12 zero bytes, additional data aad. MultiSeal: box = all"
                        + " encapsulations ‖ AES-256-GCM(plaintext), ikm = all shared secrets one after the other,"
                        + " additional data aad ‖ all encapsulations; randomness 64 bytes for each key in order. With a"
                        + " change of bad the box must not open.",
                "seal",
                List.of(seal(Labels.ONION_LAYER, 1, 0), seal(Labels.REPLY, 1, 40)),
                "multiSeal",
                List.of(seal(Labels.ONION_CORE, 2, 32), seal(Labels.ONION_CORE, 3, 32)));
    }

    private Map<String, Object> seal(Labels label, int m, int size) {
        List<byte[]> seeds = new ArrayList<>();
        List<ByteString> keys = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        byte[] randomness = random.bytes(64 * m);
        byte[] ikm = new byte[32 * m];
        for (int j = 0; j < m; j++) {
            seeds.add(random.bytes(32));
            keys.add(XWing.generate(seeds.get(j)).publicKey());
            byte[] own = Arrays.copyOfRange(randomness, 64 * j, 64 * j + 64);
            byte[] secret = XWing.encapsulate(keys.get(j), own).sharedSecret().expose();
            shared.add(hex(secret));
            System.arraycopy(secret, 0, ikm, 32 * j, 32);
        }
        ByteString context = drawn(32);
        ByteString aad = drawn(20);
        byte[] plaintext = random.bytes(size);
        ByteString box = m == 1
                ? SealedBox.seal(keys.getFirst(), randomness, label, context, aad, plaintext)
                : MultiSeal.seal(keys, randomness, label, context, aad, plaintext);
        return object(
                "keySeeds", seeds.stream().map(PrimitiveVectors::hex).toList(),
                "publicKeySha256",
                        keys.stream().map(key -> Hash.sha256(key).hex()).toList(),
                "randomness", hex(randomness),
                "label", label.text(),
                "context", context.hex(),
                "aad", aad.hex(),
                "plaintext", hex(plaintext),
                "sharedSecrets", shared,
                "aeadKey", hex(Hkdf.derive(ByteString.EMPTY, ikm, label, context, 32)),
                "box", box.hex(),
                "bad", badBoxes(box));
    }

    private static List<Object> badBoxes(ByteString box) {
        return List.of(
                object("change", "one bit of the ML-KEM ciphertext", "flipLowestBitOfByte", 5),
                object("change", "one bit of the X25519 share", "flipLowestBitOfByte", 1100),
                object("change", "one bit of the tag", "flipLowestBitOfByte", box.size() - 1),
                object("change", "last byte missing", "keepBytes", box.size() - 1),
                object("change", "nothing but the first encapsulation", "keepBytes", 1120));
    }

    private Map<String, Object> labelledHashes() {
        List<Object> cases = new ArrayList<>();
        List<List<ByteString>> parts = List.of(
                List.of(),
                List.of(ByteString.EMPTY),
                List.of(ByteString.fromHex("6162")),
                List.of(ByteString.fromHex("61"), ByteString.fromHex("62")),
                List.of(drawn(300), drawn(16), drawn(1)));
        for (List<ByteString> each : parts) {
            cases.add(object(
                    "label", Labels.CHAIN.text(),
                    "parts", each.stream().map(ByteString::hex).toList(),
                    "framed", framed(Labels.CHAIN, each).hex(),
                    "hash",
                            Hash.labelled(Labels.CHAIN, each.toArray(ByteString[]::new))
                                    .hex()));
        }
        return object(
                "description",
                "The labelled hash (protocol §2): SHA-256(framed), framed = length of the label as 1 byte ‖ label (ASCII)"
                        + " ‖ for each part its length as 8 bytes, big-endian ‖ part.",
                "cases",
                cases);
    }

    /** Written here a second time, in another way than in {@link Hash}. */
    private static ByteString framed(Labels label, List<ByteString> parts) {
        List<ByteString> all = new ArrayList<>();
        all.add(ByteString.of((byte) label.text().length()));
        all.add(ByteString.wrap(label.bytes()));
        for (ByteString part : parts) {
            all.add(ByteString.fromHex(HexFormat.of().toHexDigits((long) part.size())));
            all.add(part);
        }
        return ByteString.concat(all.toArray(ByteString[]::new));
    }

    private Map<String, Object> trees() {
        List<Object> cases = new ArrayList<>();
        for (int size : new int[] {0, 1, 1023, 1024, 1025, 2048, 3000, 7168, 16389}) {
            byte[] data = new byte[size];
            for (int i = 0; i < size; i++) {
                data[i] = (byte) (i % 251);
            }
            List<ByteString> leaves = TreeHash.leafHashesOfChunks(data);
            List<Object> paths = new ArrayList<>();
            for (int index = 0; index < leaves.size(); index += 1 + leaves.size() / 4) {
                paths.add(object(
                        "index",
                        index,
                        "path",
                        TreeProof.path(leaves, index).stream()
                                .map(ByteString::hex)
                                .toList()));
            }
            cases.add(object(
                    "size",
                    size,
                    "leafHashes",
                    leaves.stream().map(ByteString::hex).toList(),
                    "root",
                    TreeHash.rootOfChunks(data).hex(),
                    "paths",
                    paths));
        }
        return object(
                "description",
                "The tree hash of data (protocol §5.2): RFC 6962 §2.1 over its pieces of 1024 bytes, the last one shorter."
                        + " The data is `size` bytes, byte i having the value i mod 251. Paths from leaf to root as in"
                        + " RFC 9162 §2.1.3. A path with a hash changed, missing or added, or shown for another index or"
                        + " number of leaves, does not verify.",
                "cases",
                cases);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A JSON object of alternating names and values, in this order. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private ByteString drawn(int size) {
        return ByteString.wrap(random.bytes(size));
    }

    private static String member(Object object, String name) {
        return (String) ((Map<?, ?>) object).get(name);
    }

    private static String json(Object value) {
        return JSON.writeValueAsString(value).replace(System.lineSeparator(), "\n") + "\n";
    }
}
