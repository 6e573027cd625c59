package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.board.Attachment;
import org.plainsong.core.board.Content;
import org.plainsong.core.board.ContentCodec;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.board.Fragment;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.slot.SlotFrame;
import org.plainsong.core.transcript.Checkpoint;
import org.plainsong.core.transcript.NoteKey;
import org.plainsong.core.transcript.SetupBundleCodec;
import org.plainsong.core.transcript.SignedNote;

/** Jazzer's targets for the parsers of what lies in slots and in a published transcript; used like those of {@link WireFuzzTest}. */
final class PublishedFuzzTest {
    private static final String DURATION = "60s";
    private static final int SLOT = 256;

    static Stream<Arguments> contents() {
        Content.Post post = new Content.Post(
                Samples.bytes("nonce", 16),
                "main",
                Optional.of(new ContentId(Samples.bytes("parent", 16))),
                "two\nlines",
                ByteString.EMPTY,
                List.of(new Attachment("a.txt", "text/plain", Samples.bytes("file", 20))));
        Content.Sealed sealed = new Content.Sealed(Samples.bytes("nonce", 16), Samples.bytes("box", 1200));
        return Stream.of(post, sealed).map(ContentCodec::encode).map(PublishedFuzzTest::seed);
    }

    static Stream<Arguments> replies() {
        return Stream.of(seed(ContentCodec.encode(
                new Content.Reply(Samples.bytes("nonce", 16), Optional.empty(), "yes", ByteString.EMPTY))));
    }

    static Stream<Arguments> fragments() {
        return Stream.of(
                seed(Fragment.cut(Samples.bytes("content", 100), 10, 60).encode()));
    }

    static Stream<Arguments> slots() {
        Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(Samples.seed("slot 1"));
        SlotFrame.Valid content = new SlotFrame.Valid(1, Samples.bytes("body", 60), 0);
        ByteString seed16 = Samples.bytes("mask seed", SlotFrame.SEED_SIZE);
        return Stream.of(seed(SlotFrame.build(RoundSamples.AT, key, SLOT, content, seed16)));
    }

    static Stream<Arguments> notes() {
        return Stream.of(seed(note().encode()));
    }

    static Stream<Arguments> checkpoints() {
        return Stream.of(seed(text(note().text())));
    }

    static Stream<Arguments> noteKeys() {
        return Stream.of(seed(text(new NoteKey("s1.example.org/g/0011", Samples.key("server 1")).vkey())));
    }

    static Stream<Arguments> bundles() {
        CborWriter out = new CborWriter();
        out.array(10).bytes(envelope("proposal"));
        for (String part :
                List.of("announcement", "enrolment", "enrolment-set", "enrolment-check", "tag-opening-set")) {
            out.array(1).bytes(envelope(part));
        }
        out.array(1).array(2).bytes(envelope("hop")).bytes(Samples.bytes("list", 40));
        for (String part : List.of("chain-check", "confirmation-set", "inner-seed")) {
            out.array(1).bytes(envelope(part));
        }
        return Stream.of(seed(out.toByteString()));
    }

    @MethodSource("contents")
    @FuzzTest(maxDuration = DURATION)
    void aContent(byte[] data) {
        same(data, bytes -> ContentCodec.encode(ContentCodec.decode(bytes)));
    }

    @MethodSource("replies")
    @FuzzTest(maxDuration = DURATION)
    void aReply(byte[] data) {
        same(data, bytes -> ContentCodec.encode(ContentCodec.decodeReply(bytes)));
    }

    @MethodSource("fragments")
    @FuzzTest(maxDuration = DURATION)
    void aFragment(byte[] data) {
        same(data, bytes -> Fragment.decode(bytes).encode());
    }

    /** Whatever stands in a slot is silent, valid or garbled. */
    @MethodSource("slots")
    @FuzzTest(maxDuration = DURATION)
    void aSlot(byte[] data) {
        ByteString slot = ByteString.wrap(Arrays.copyOf(data, SLOT));
        SlotFrame.Reading reading = SlotFrame.open(RoundSamples.AT, Samples.key("slot 1"), slot);
        if (reading instanceof SlotFrame.Valid valid) {
            assertThat(valid.body().size()).isLessThanOrEqualTo(SlotFrame.maxBody(SLOT));
        }
    }

    @MethodSource("notes")
    @FuzzTest(maxDuration = DURATION)
    void aNote(byte[] data) {
        same(data, bytes -> SignedNote.parse(bytes).encode());
    }

    @MethodSource("checkpoints")
    @FuzzTest(maxDuration = DURATION)
    void aCheckpoint(byte[] data) {
        String given = new String(data, StandardCharsets.UTF_8);
        same(text(given).toByteArray(), bytes -> text(Checkpoint.parse(given).text()));
    }

    @MethodSource("noteKeys")
    @FuzzTest(maxDuration = DURATION)
    void aNoteKey(byte[] data) {
        String given = new String(data, StandardCharsets.UTF_8);
        same(text(given).toByteArray(), bytes -> text(NoteKey.parse(given).vkey()));
    }

    @MethodSource("bundles")
    @FuzzTest(maxDuration = DURATION)
    void aSetupBundle(byte[] data) {
        same(data, bytes -> SetupBundleCodec.encode(SetupBundleCodec.decode(bytes)));
    }

    private static void same(byte[] data, Again again) {
        ByteString bytes = ByteString.of(data);
        try {
            assertThat(again.writeAgain(bytes)).isEqualTo(bytes);
        } catch (FormatException e) {
            assertThat(e.field()).isNotEmpty();
            assertThat(e.problem()).isNotEmpty();
        }
    }

    private interface Again {
        ByteString writeAgain(ByteString bytes) throws FormatException;
    }

    private static SignedNote note() {
        Checkpoint checkpoint = Checkpoint.of("s1.example.org/g/0011", 1042, Samples.bytes("root", 32));
        return checkpoint.sign(Ed25519.SigningKey.fromSeed(Samples.seed("server 1")));
    }

    private static ByteString envelope(String sample) {
        return Envelopes.encode(Samples.named(sample).signed());
    }

    private static ByteString text(String text) {
        return ByteString.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments seed(ByteString bytes) {
        return Arguments.of((Object) bytes.toByteArray());
    }
}
