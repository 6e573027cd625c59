package org.plainsong.core.shuffle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.RunId;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code docs/vectors/onion.json}: a small shuffle with every value on the way, and onions that must not open. */
public final class OnionVectors {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Randomness random = Randomness.seeded("onion vectors".getBytes(StandardCharsets.US_ASCII));

    private OnionVectors() {}

    /** Writes the file into the directory named by the only argument. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]).resolve("onion.json"), file());
    }

    static String file() {
        OnionVectors vectors = new OnionVectors();
        return json(object(
                "description",
                "The accountable shuffle's submissions and lists (protocol §4.3). Keys are X-Wing pairs of the seeds."
                        + " Randomness of inner key j: HKDF(salt = runId, ikm = innerSeed, info = label 'inner' ‖ j as 2"
                        + " bytes, 64 bytes); of layer h: HKDF(salt = runId, ikm = outerSeed, info = label 'outer' ‖ h as"
                        + " 2 bytes, 64). X_M = MultiSeal to all inner keys, label 'onion core', context runId, aad M as"
                        + " 2 bytes. X_{h-1} = Seal to outer key h, label 'onion layer', context runId ‖ h as 2 bytes,"
                        + " aad memberId ‖ index as 2 bytes at h = 1, else nothing. Layers are given by SHA-256, X_0 also"
                        + " whole. Lists: root is the RFC 6962 root over the items, body is each item's length as 4 bytes"
                        + " and the item; origins[i] is where item i of L_h stood in L_{h-1}. Numbers big-endian. What"
                        + " stands under bad must not open at hop 1.",
                "runs",
                List.of(vectors.run(2, 1), vectors.run(3, 2))));
    }

    private Map<String, Object> run(int servers, int members) {
        List<XWing.KeyPair> outer = pairs(servers);
        List<XWing.KeyPair> inner = pairs(servers);
        ShuffleRun run = new ShuffleRun(
                new RunId(ByteString.wrap(random.bytes(32))),
                outer.stream().map(XWing.KeyPair::publicKey).toList(),
                inner.stream().map(XWing.KeyPair::publicKey).toList(),
                32);
        List<Integer> sizes = new ArrayList<>();
        for (int h = 0; h <= servers; h++) {
            sizes.add(run.layerSize(h));
        }
        List<MemberId> ids = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            ids.add(new MemberId(ByteString.wrap(random.bytes(16))));
        }
        Collections.sort(ids);
        List<SubmittedItem> submitted = new ArrayList<>();
        List<Object> items = new ArrayList<>();
        for (MemberId id : ids) {
            for (int index = 0; index < 2; index++) {
                items.add(item(run, new ItemRef(id, index), submitted));
            }
        }
        return object(
                "servers", servers,
                "runId", run.id().value().hex(),
                "outerKeySeeds", seeds(outer),
                "outerKeySha256", hashes(run.outerKeys()),
                "innerKeySeeds", seeds(inner),
                "innerKeySha256", hashes(run.innerKeys()),
                "layerSizes", sizes,
                "items", items,
                "lists", lists(run, outer, submitted),
                "payloads", payloads(run, outer, inner, submitted),
                "bad", bad(submitted.get(0)));
    }

    private Map<String, Object> item(ShuffleRun run, ItemRef owner, List<SubmittedItem> submitted) {
        byte[] outerSeed = random.bytes(32);
        byte[] innerSeed = random.bytes(32);
        byte[] payload =
                Ed25519.SigningKey.fromSeed(random.bytes(32)).publicKey().toByteArray();
        ByteString core = Onion.core(run, innerSeed, payload);
        List<ByteString> layers = Onion.layers(run, owner, outerSeed, core);
        submitted.add(new SubmittedItem(owner, layers.get(0)));
        List<String> innerRandomness = new ArrayList<>();
        List<String> outerRandomness = new ArrayList<>();
        for (int j = 1; j <= run.hops(); j++) {
            innerRandomness.add(hex(Onion.innerRandomness(run, innerSeed, j)));
            outerRandomness.add(hex(Onion.outerRandomness(run, outerSeed, j)));
        }
        return object(
                "member", owner.member().value().hex(),
                "index", owner.index(),
                "innerSeed", hex(innerSeed),
                "outerSeed", hex(outerSeed),
                "payload", hex(payload),
                "innerRandomness", innerRandomness,
                "outerRandomness", outerRandomness,
                "layerSha256", hashes(layers),
                "x0", layers.get(0).hex());
    }

    private static List<Object> lists(ShuffleRun run, List<XWing.KeyPair> outer, List<SubmittedItem> submitted) {
        List<Object> shown = new ArrayList<>();
        ShuffleList list = first(submitted);
        shown.add(list(list, List.of()));
        for (int h = 1; h <= run.hops(); h++) {
            HopWork.Result.Listed listed = hop(run, h, outer, list, submitted);
            list = listed.list();
            shown.add(list(list, listed.origins()));
        }
        return shown;
    }

    private static ShuffleList first(List<SubmittedItem> submitted) {
        return ShuffleList.of(submitted.stream().map(SubmittedItem::item).toList());
    }

    private static HopWork.Result.Listed hop(
            ShuffleRun run, int h, List<XWing.KeyPair> outer, ShuffleList before, List<SubmittedItem> submitted) {
        try (XWing.ExpandedKey key = XWing.ExpandedKey.of(outer.get(h - 1).seed())) {
            HopWork work = new HopWork(
                    run,
                    h,
                    key,
                    before.items(),
                    submitted.stream().map(SubmittedItem::owner).toList());
            return (HopWork.Result.Listed) work.finish(work.open(0, before.size()));
        }
    }

    private static List<String> payloads(
            ShuffleRun run, List<XWing.KeyPair> outer, List<XWing.KeyPair> inner, List<SubmittedItem> submitted) {
        ShuffleList list = first(submitted);
        for (int h = 1; h <= run.hops(); h++) {
            list = hop(run, h, outer, list, submitted).list();
        }
        List<XWing.ExpandedKey> keys =
                inner.stream().map(pair -> XWing.ExpandedKey.of(pair.seed())).toList();
        return new CoreWork(run, keys, list.items())
                .open(0, list.size()).stream()
                        .map(payload -> payload.orElseThrow().hex())
                        .toList();
    }

    private static Map<String, Object> list(ShuffleList list, List<Integer> origins) {
        return object(
                "root", list.root().hex(),
                "leafHashes",
                        list.items().stream()
                                .map(item -> TreeHash.leafHash(item).hex())
                                .toList(),
                "origins", origins,
                "bodySha256", Hash.sha256(list.body()).hex());
    }

    /** Changes of the first item after which it does not open at hop 1. */
    private static List<Object> bad(SubmittedItem item) {
        List<Object> bad = new ArrayList<>();
        for (int at : new int[] {0, 1119, 1120, item.item().size() - 1}) {
            bad.add(object("change", "byte " + at + " of X_0 of the first item, XOR 1", "at", at));
        }
        bad.add(object("change", "taken as the first item's X_0 of index 1"));
        bad.add(object("change", "the last byte is missing"));
        return bad;
    }

    private List<XWing.KeyPair> pairs(int count) {
        List<XWing.KeyPair> pairs = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            pairs.add(XWing.generate(random.bytes(32)));
        }
        return pairs;
    }

    private static List<String> seeds(List<XWing.KeyPair> pairs) {
        return pairs.stream().map(pair -> hex(pair.seed().expose())).toList();
    }

    private static List<String> hashes(List<ByteString> values) {
        return values.stream().map(value -> Hash.sha256(value).hex()).toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** An object with its members in this order. */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** As the file holds it. */
    public static String json(Object value) {
        return JSON.writeValueAsString(value).replace(System.lineSeparator(), "\n") + "\n";
    }
}
