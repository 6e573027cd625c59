package org.plainsong.core.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.EntryCodec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code docs/vectors/messages.json}, {@code messages-bad.json} and {@code frames.json} anew; {@link WireVectorsTest} fails while they are not up to date. */
final class WireVectors {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Payloads above this stay out of the bad cases: what they show, shorter ones show too. */
    private static final int LONGEST_BAD = 2500;

    private static final List<String> DAMAGED = List.of("hello", "header", "declaration", "failed setup");

    private WireVectors() {}

    /** Writes the files into the repository that the working folder belongs to. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder().resolve(file.getKey()), file.getValue());
        }
    }

    /** Name and text of each file. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("messages.json", text(messages()));
        files.put("messages-bad.json", text(badMessages()));
        files.put("frames.json", text(frames()));
        return files;
    }

    /** {@code docs/vectors} of the repository. */
    static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("docs").resolve("vectors"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new UncheckedIOException(new IOException("no docs/vectors above the working folder"));
        }
        return at.resolve("docs").resolve("vectors");
    }

    private static String text(ObjectNode file) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file).replace("\r\n", "\n") + "\n";
    }

    private static ObjectNode messages() {
        ObjectNode file = file(
                "One example of every message (formats.md, Messages) with its payload, the bytes that are signed, and its envelope. "
                        + "Byte strings are in hexadecimal, a Signed within a message stands as its envelope. Values fit each other in form only: "
                        + "a hash here is the hash of nothing. The seed of a key is the SHA-256 of its name.");
        ArrayNode cases = file.putArray("cases");
        for (Samples.Sample sample : Samples.all()) {
            Signed<?> signed = sample.signed();
            ObjectNode one = cases.addObject();
            one.put("name", sample.name()).put("type", sample.type().text());
            one.set("fields", fields((java.lang.Record) sample.message()));
            one.put("payload", signed.payload().hex());
            one.put(
                    "signed",
                    ByteString.wrap(Envelopes.signedBytes(sample.type().text(), signed.payload()))
                            .hex());
            signers(one.putArray("signers"), sample, signed);
            one.put("envelope", Envelopes.encode(signed).hex());
        }
        return file;
    }

    private static void signers(ArrayNode signers, Samples.Sample sample, Signed<?> signed) {
        for (Signature signature : signed.signatures()) {
            String name = sample.signers().stream()
                    .filter(each -> Samples.key(each).equals(signature.signer()))
                    .findFirst()
                    .orElseThrow();
            signers.addObject()
                    .put("name", name)
                    .put("seed", ByteString.wrap(Samples.seed(name)).hex())
                    .put("publicKey", signature.signer().value().hex())
                    .put("signature", signature.value().hex());
        }
    }

    private static ObjectNode badMessages() {
        ObjectNode file = file(
                "Bytes that have to be refused, and the field that the error has to name. "
                        + "The text of the problem is this implementation's own. Payloads are decoded under the type that stands beside them.");
        ArrayNode payloads = file.putArray("payloads");
        for (BadSamples.Bad bad : BadSamples.all()) {
            if (bad.payload().size() <= LONGEST_BAD) {
                payload(payloads, bad.name(), bad.type(), bad.payload());
            }
        }
        for (String name : DAMAGED) {
            damaged(payloads, Samples.named(name));
        }
        badEnvelopes(file.putArray("envelopes"));
        badSignatures(file.putArray("signatures"));
        return file;
    }

    private static void damaged(ArrayNode payloads, Samples.Sample sample) {
        CborNode tree = CborNode.of(sample.message(), sample.type().text());
        for (CborNode node : tree.flat()) {
            for (Damage damage : Damage.of(node)) {
                payload(payloads, words(damage) + ": " + node.path(), sample.type(), tree.encode(node, damage));
            }
        }
        ByteString payload = tree.encode();
        payload(payloads, "a byte too many", sample.type(), ByteString.concat(payload, ByteString.of((byte) 0)));
        payload(payloads, "the last byte is missing", sample.type(), payload.slice(0, payload.size() - 1));
    }

    private static String words(Damage damage) {
        return damage.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static void payload(ArrayNode payloads, String name, MessageType type, ByteString payload) {
        ObjectNode one = payloads.addObject().put("name", name).put("type", type.text());
        one.put("payload", payload.hex());
        refusal(one, () -> MessageCodec.decode(type, payload));
    }

    private static void badEnvelopes(ArrayNode envelopes) {
        Signed<?> hello = Samples.named("hello").signed();
        CborNode tree = CborNode.envelope(hello, "envelope", "hello");
        for (CborNode node : tree.flat()) {
            for (Damage damage : node.path().startsWith("envelope") ? Damage.of(node) : List.<Damage>of()) {
                envelope(envelopes, words(damage) + ": " + node.path(), tree.encode(node, damage));
            }
        }
        Signed<?> group = Samples.named("group").signed();
        List<Signature> signatures = group.signatures();
        envelope(
                envelopes,
                "a hello of five signers",
                Envelopes.encode(new Signed<>(hello.message(), hello.payload(), signatures)));
        envelope(
                envelopes,
                "signers out of order",
                Envelopes.encode(new Signed<>(group.message(), group.payload(), signatures.reversed())));
        envelope(
                envelopes,
                "a signer twice",
                Envelopes.encode(
                        new Signed<>(group.message(), group.payload(), List.of(signatures.get(0), signatures.get(0)))));
        envelope(
                envelopes,
                "a type that there is not",
                ByteString.fromHex(Envelopes.encode(hello).hex().replaceFirst("6568656c6c6f", "6568616c6c6f")));
    }

    private static void envelope(ArrayNode envelopes, String name, ByteString envelope) {
        ObjectNode one = envelopes.addObject().put("name", name).put("envelope", envelope.hex());
        refusal(one, () -> Envelopes.decode(envelope));
    }

    private static void badSignatures(ArrayNode envelopes) {
        Signed<?> hello = Samples.named("hello").signed();
        Signature good = hello.signatures().get(0);
        byte[] flipped = good.value().toByteArray();
        flipped[0] ^= 1;
        signature(envelopes, "good", hello.message(), hello.payload(), good);
        signature(
                envelopes,
                "a bit flipped",
                hello.message(),
                hello.payload(),
                new Signature(good.signer(), ByteString.wrap(flipped)));
        signature(
                envelopes,
                "the key of somebody else",
                hello.message(),
                hello.payload(),
                new Signature(Samples.key("member 2"), good.value()));
        signature(
                envelopes,
                "the neutral point as key, which would sign anything",
                hello.message(),
                hello.payload(),
                new Signature(
                        new org.plainsong.core.message.PublicKey(ByteString.fromHex("01" + "00".repeat(31))),
                        ByteString.fromHex("01" + "00".repeat(63))));
        Message other = GroupSamples.hello(1);
        signature(envelopes, "a signature of another payload", other, MessageCodec.encode(other), good);
    }

    private static void signature(
            ArrayNode envelopes, String name, Message message, ByteString payload, Signature signature) {
        Signed<Message> signed = new Signed<>(message, payload, List.of(signature));
        envelopes
                .addObject()
                .put("name", name)
                .put("envelope", Envelopes.encode(signed).hex())
                .put("good", new WireSignatureCheck().allGood(signed));
    }

    private static ObjectNode frames() {
        ObjectNode file = file(
                "One example of every frame (formats.md, Frames), and of an entry of the transcript; bad ones with the field that the error has to name.");
        ArrayNode cases = file.putArray("cases");
        for (Map.Entry<String, Frame> frame : FrameSamples.all().entrySet()) {
            FrameParts parts = Frames.encode(frame.getValue());
            cases.addObject()
                    .put("name", frame.getKey())
                    .put("kind", parts.head().at(0))
                    .put("frame", parts.whole().hex());
        }
        ObjectNode entry = file.putObject("entry");
        entry.set("fields", fields(FrameSamples.entry()));
        entry.put("bytes", EntryCodec.encode(FrameSamples.entry()).hex());
        ArrayNode bad = file.putArray("bad");
        for (String hex : FrameSamples.BAD) {
            ObjectNode one = bad.addObject().put("frame", hex);
            refusal(one, () -> Frames.decode(ByteString.fromHex(hex), FrameLimits.FROM_SERVER));
        }
        return file;
    }

    private static void refusal(ObjectNode one, Decoding decoding) {
        try {
            decoding.run();
        } catch (FormatException e) {
            one.put("field", e.field()).put("problem", e.problem());
            return;
        }
        throw new IllegalStateException("let through: " + one);
    }

    private interface Decoding {
        void run() throws FormatException;
    }

    private static ObjectNode file(String description) {
        return JSON.createObjectNode().put("description", description).put("suite", "plainsong-1");
    }

    private static ObjectNode fields(java.lang.Record record) {
        ObjectNode fields = JSON.createObjectNode();
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            put(fields, components[i].getName(), CborNode.component(record, i));
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, Object value) {
        ArrayNode holder = JSON.createArrayNode();
        add(holder, value);
        fields.set(name, holder.get(0));
    }

    private static void add(ArrayNode to, Object value) {
        switch (value) {
            case Integer n -> to.add(n.longValue());
            case Long n -> to.add(n);
            case Boolean b -> to.add(b);
            case String s -> to.add(s);
            case ByteString b -> to.add(b.hex());
            case Signed<?> signed -> to.add(Envelopes.encode(signed).hex());
            case List<?> list -> {
                ArrayNode items = to.addArray();
                list.forEach(item -> add(items, item));
            }
            case AttemptId at -> to.add(fields(at));
            case RosterChange change -> {
                CborNode.Array tree = (CborNode.Array) CborNode.of(change, "");
                ObjectNode fields = to.addObject();
                fields.put("kind", ((CborNode.Uint) tree.children().get(0)).value());
                fields.setAll(fields((java.lang.Record) change));
            }
            case java.lang.Record plain -> {
                RecordComponent[] components = plain.getClass().getRecordComponents();
                if (components.length == 1 && components[0].getName().equals("value")) {
                    add(to, CborNode.component(plain, 0));
                } else {
                    to.add(fields(plain));
                }
            }
            default -> throw new IllegalStateException("no rule for " + value.getClass());
        }
    }
}
