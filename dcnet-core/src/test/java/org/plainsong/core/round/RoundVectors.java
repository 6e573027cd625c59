package org.plainsong.core.round;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Hkdf;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.LengthClasses;
import org.plainsong.core.slot.RoundReading;
import org.plainsong.core.slot.SlotFrame;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code slot-frames.json}, {@code layouts.json} and {@code round.json} under {@code docs/vectors}, for whoever writes a second implementation. {@link RoundVectorsTest}
 * fails when a file there is not what this program writes.
 */
final class RoundVectors {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RoundVectors() {}

    /** Writes all files into the directory named by the only argument. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(Path.of(args[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** File name to contents. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("slot-frames.json", json(frames()));
        files.put("layouts.json", json(layouts()));
        files.put("round.json", json(new TinyRound().all()));
        return files;
    }

    private static String json(Object value) {
        return JSON.writeValueAsString(value) + "\n";
    }

    /** Keys and values in turn; byte strings as hexadecimal digits. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            object.put((String) keysAndValues[i], value instanceof ByteString bytes ? bytes.hex() : value);
        }
        return object;
    }

    static List<String> hex(List<ByteString> values) {
        return values.stream().map(ByteString::hex).toList();
    }

    // Frames.

    private static final AttemptId AT = new AttemptId(new EpochId(seed("epoch")), 7, 2);
    private static final Ed25519.SigningKey SLOT =
            Ed25519.SigningKey.fromSeed(seed("slot").toByteArray());

    private static ByteString seed(String name) {
        return Hash.sha256(("vectors " + name).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> frames() {
        ByteString text = ByteString.of("Plainsong".getBytes(StandardCharsets.UTF_8));
        List<Object> good = new ArrayList<>();
        good.add(frame("a short body", 256, new SlotFrame.Valid(1, text, 0)));
        good.add(frame("an empty body that closes the slot", 256, new SlotFrame.Valid(0, ByteString.EMPTY, 0)));
        good.add(frame("the longest body", 256, new SlotFrame.Valid(3, seed("x").slice(0, 8), 0xa1b2)));
        good.add(frame("a full frame", 256, new SlotFrame.Valid(2, ByteString.of(new byte[168]), 1)));
        return object(
                "description",
                "Frames of open slots (protocol §5.1; formats, Slot frame). maskKey = HKDF(salt = empty, ikm = seed, info ="
                        + " label 'frame mask', 32). clear is what the mask covers, without the signature. toSign = labelled"
                        + " hash 'frame' of epochId, round (8), attempt (8), slotKey, seed, clear. frame = blameRequest (2) ‖"
                        + " seed ‖ (AES-256-CTR under maskKey from counter block 0) ⊕ (clear ‖ signature).",
                "epochId",
                AT.epoch().value(),
                "round",
                AT.round(),
                "attempt",
                AT.attempt(),
                "slotKeySeed",
                seed("slot"),
                "slotKey",
                SLOT.publicKey(),
                "good",
                good,
                "bad",
                badFrames(text));
    }

    private static Map<String, Object> frame(String what, int length, SlotFrame.Valid content) {
        ByteString seed16 = seed("mask " + what).slice(0, 16);
        ByteString frame = SlotFrame.build(AT, SLOT, length, content, seed16);
        ByteString clear = clear(length, content);
        ByteString toSign = SlotFrame.toSign(AT, new PublicKey(SLOT.publicKey()), seed16, clear);
        return object(
                "what", what,
                "length", length,
                "blameRequest", content.blameRequest(),
                "seed", seed16,
                "nextLength", content.nextLength(),
                "body", content.body(),
                "maskKey", maskKey(seed16),
                "clear", clear,
                "toSign", toSign,
                "signature", SLOT.sign(toSign.toByteArray()),
                "frame", frame);
    }

    /** Written out anew here, so that the vectors do not rest on the code that they are for. */
    private static ByteString clear(int length, SlotFrame.Valid content) {
        byte[] clear = new byte[length - 18 - 64];
        clear[0] = (byte) content.nextLength();
        clear[4] = (byte) (content.body().size() >> 8);
        clear[5] = (byte) content.body().size();
        content.body().copyTo(clear, 6);
        return ByteString.wrap(clear);
    }

    private static ByteString maskKey(ByteString seed16) {
        return ByteString.wrap(
                Hkdf.derive(ByteString.EMPTY, seed16.toByteArray(), Labels.FRAME_MASK, ByteString.EMPTY, 32));
    }

    private static List<Object> badFrames(ByteString text) {
        ByteString good = SlotFrame.build(
                AT, SLOT, 256, new SlotFrame.Valid(1, text, 5), seed("bad").slice(0, 16));
        List<Object> bad = new ArrayList<>();
        bad.add(object("what", "all zero: silent", "slot", ByteString.of(new byte[256]), "reads", "silent"));
        int[][] flips = {{20, 4}, {2, 0x80}, {19, 1}, {200, 0x10}, {255, 1}};
        String[] whats = {
            "a bit of the body's length flipped",
            "a bit of the seed flipped",
            "a bit of the flags flipped",
            "a bit of the signature flipped",
            "the last bit flipped"
        };
        for (int i = 0; i < flips.length; i++) {
            byte[] slot = good.toByteArray();
            slot[flips[i][0]] ^= (byte) flips[i][1];
            bad.add(object("what", whats[i], "slot", ByteString.wrap(slot), "reads", "garbled", "blameRequest", 5));
        }
        ByteString otherAttempt = SlotFrame.build(
                AT.nextAttempt(),
                SLOT,
                256,
                new SlotFrame.Valid(1, text, 0),
                seed("bad").slice(0, 16));
        bad.add(object(
                "what", "made for the next attempt", "slot", otherAttempt, "reads", "garbled", "blameRequest", 0));
        byte[] only = new byte[256];
        only[1] = 9;
        bad.add(object(
                "what",
                "nothing but a blame request",
                "slot",
                ByteString.wrap(only),
                "reads",
                "garbled",
                "blameRequest",
                9));
        return bad;
    }

    // Layouts.

    private static final int SLOTS = 5;

    private static Map<String, Object> layouts() {
        Policy policy = policy();
        List<Object> steps = new ArrayList<>();
        Layout layout = Layout.first(AT.epoch(), SLOTS);
        // What each slot does in each round: -2 nothing, -1 garbled, else a good frame that asks for this class; a
        // closed slot asks unless -2.
        int[][] rounds = {
            {1, -2, 1, -2, -2},
            {3, -2, -1, 1, -2},
            {3, 1, -1, 1, 1},
            {2, 1, -1, 4, 1},
            {1, 1, -2, 1, 0},
            {1, 1, -2, 1, -2},
            {1, 5, -2, 1, -2},
        };
        for (int r = 0; r < rounds.length; r++) {
            String body = r >= 3 ? "" : "words";
            ByteString output = output(layout, rounds[r], body);
            AttemptId at = new AttemptId(AT.epoch(), layout.round(), 0);
            Layout next = layout.next(RoundReading.of(at, layout, keys(), output), policy);
            steps.add(object("layout", layout(layout), "output", output, "next", layout(next)));
            layout = next;
        }
        return object(
                "description",
                "Layouts of consecutive rounds, attempt 0 of each certified with this output (protocol §5.1; formats, Layout)."
                        + " hash = labelled hash 'layout' of epochId, round (8) and the classes, one byte each.",
                "epochId",
                AT.epoch().value(),
                "slotKeys",
                hex(keys().stream().map(PublicKey::value).toList()),
                "maxRoundBytes",
                policy.maxRoundBytes(),
                "maxSlotBytes",
                policy.maxSlotBytes(),
                "defaultSlotBytes",
                policy.defaultSlotBytes(),
                "garbledRounds",
                policy.garbledRounds(),
                "silentRounds",
                policy.silentRounds(),
                "rounds",
                steps);
    }

    private static Policy policy() {
        return new Policy(
                2, 750, 200, 100, 900, 1500, 1000, 2400, 2048, 512, 1, 1000, 10, 1000, 10, 2, 2, 3, 3, 3, 250, 90,
                false, true);
    }

    private static Ed25519.SigningKey key(int slot) {
        return Ed25519.SigningKey.fromSeed(seed("slot " + slot).toByteArray());
    }

    private static List<PublicKey> keys() {
        return IntStream.range(0, SLOTS)
                .mapToObj(s -> new PublicKey(key(s).publicKey()))
                .toList();
    }

    private static ByteString output(Layout layout, int[] does, String body) {
        byte[] output = new byte[layout.totalBytes()];
        AttemptId at = new AttemptId(AT.epoch(), layout.round(), 0);
        for (int s = 0; s < SLOTS; s++) {
            if (does[s] == -2) {
                continue;
            }
            if (!layout.isOpen(s)) {
                output[layout.offset(s)] = (byte) (100 + s);
                continue;
            }
            SlotFrame.Valid content =
                    new SlotFrame.Valid(Math.max(0, does[s]), ByteString.of(body.getBytes(StandardCharsets.UTF_8)), 0);
            SlotFrame.build(
                            at,
                            key(s),
                            layout.length(s),
                            content,
                            seed("mask " + at + s).slice(0, 16))
                    .copyTo(output, layout.offset(s));
            if (does[s] == -1) {
                output[layout.offset(s) + 40] ^= 1;
            }
        }
        return ByteString.wrap(output);
    }

    static Map<String, Object> layout(Layout layout) {
        int[] slots = IntStream.range(0, layout.slots()).toArray();
        return object(
                "round", layout.round(),
                "classes", Arrays.stream(slots).map(layout::lengthClass).boxed().toList(),
                "lengths",
                        Arrays.stream(slots)
                                .map(s -> LengthClasses.bytes(layout.lengthClass(s)))
                                .boxed()
                                .toList(),
                "offsets", Arrays.stream(slots).map(layout::offset).boxed().toList(),
                "garbledRounds",
                        Arrays.stream(slots).map(layout::garbledRounds).boxed().toList(),
                "silentRounds",
                        Arrays.stream(slots).map(layout::silentRounds).boxed().toList(),
                "totalBytes", layout.totalBytes(),
                "hash", layout.hash());
    }
}
