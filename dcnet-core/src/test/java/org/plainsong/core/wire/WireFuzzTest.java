package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Message;
import org.plainsong.core.transcript.EntryCodec;

/**
 * Jazzer's targets for every parser of the wire, one each. {@link EveryParserFuzzTest} runs them all for a bounded time in every build; to look longer at one,
 * set {@code JAZZER_FUZZ=1} in the environment and name one method by {@code -Dtest=WireFuzzTest#…}. Whatever comes: a result that is written as the same
 * bytes, or a {@link FormatException}.
 */
final class WireFuzzTest {
    private static final List<MessageType> TYPES = List.of(MessageType.values());
    private static final String DURATION = "60s";

    static Stream<Arguments> envelopes() {
        return Samples.all().stream().map(sample -> seed(Envelopes.encode(sample.signed())));
    }

    static Stream<Arguments> frames() {
        return FrameSamples.all().values().stream()
                .map(frame -> seed(Frames.encode(frame).whole()));
    }

    static Stream<Arguments> entries() {
        return Stream.of(seed(EntryCodec.encode(FrameSamples.entry())));
    }

    static Stream<Arguments> ofGroup() {
        return payloads(Message.OfGroup.class);
    }

    static Stream<Arguments> ofSetup() {
        return payloads(Message.OfSetup.class);
    }

    static Stream<Arguments> ofShuffle() {
        return payloads(Message.OfShuffle.class);
    }

    static Stream<Arguments> ofAttempt() {
        return payloads(Message.OfAttempt.class);
    }

    @MethodSource("envelopes")
    @FuzzTest(maxDuration = DURATION)
    void anEnvelope(byte[] data) {
        ByteString bytes = ByteString.of(data);
        try {
            assertThat(Envelopes.encode(Envelopes.decode(bytes))).isEqualTo(bytes);
        } catch (FormatException e) {
            named(e);
        }
    }

    @MethodSource("frames")
    @FuzzTest(maxDuration = DURATION)
    void aFrame(byte[] data) {
        ByteString bytes = ByteString.of(data);
        try {
            Frame frame = Frames.decode(bytes, FrameLimits.FROM_SERVER);
            assertThat(Frames.encode(frame).whole()).isEqualTo(bytes);
        } catch (FormatException e) {
            named(e);
        }
    }

    @MethodSource("entries")
    @FuzzTest(maxDuration = DURATION)
    void anEntry(byte[] data) {
        ByteString bytes = ByteString.of(data);
        try {
            assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
        } catch (FormatException e) {
            named(e);
        }
    }

    @MethodSource("ofGroup")
    @FuzzTest(maxDuration = DURATION)
    void aPayloadOfGroup(byte[] data) {
        payload(Message.OfGroup.class, data);
    }

    @MethodSource("ofSetup")
    @FuzzTest(maxDuration = DURATION)
    void aPayloadOfSetup(byte[] data) {
        payload(Message.OfSetup.class, data);
    }

    @MethodSource("ofShuffle")
    @FuzzTest(maxDuration = DURATION)
    void aPayloadOfShuffle(byte[] data) {
        payload(Message.OfShuffle.class, data);
    }

    @MethodSource("ofAttempt")
    @FuzzTest(maxDuration = DURATION)
    void aPayloadOfAttempt(byte[] data) {
        payload(Message.OfAttempt.class, data);
    }

    /** Payloads of all types of a family; the first byte chooses the type. */
    private static Stream<Arguments> payloads(Class<? extends Message> family) {
        return Samples.all().stream()
                .filter(sample -> family.isInstance(sample.message()))
                .map(sample -> seed(ByteString.concat(
                        ByteString.of((byte) TYPES.indexOf(sample.type())), MessageCodec.encode(sample.message()))));
    }

    private static void payload(Class<? extends Message> family, byte[] data) {
        if (data.length == 0 || data[0] < 0 || data[0] >= TYPES.size()) {
            return;
        }
        MessageType type = TYPES.get(data[0]);
        if (!family.isAssignableFrom(type.message())) {
            return;
        }
        ByteString payload = ByteString.of(data).slice(1, data.length);
        try {
            assertThat(MessageCodec.encode(MessageCodec.decode(type, payload))).isEqualTo(payload);
        } catch (FormatException e) {
            assertThat(e.field()).startsWith(type.text());
        }
    }

    private static void named(FormatException e) {
        assertThat(e.field()).isNotEmpty();
        assertThat(e.problem()).isNotEmpty();
    }

    private static Arguments seed(ByteString bytes) {
        return Arguments.of((Object) bytes.toByteArray());
    }
}
