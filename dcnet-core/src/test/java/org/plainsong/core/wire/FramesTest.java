package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PolicyDefaults;

final class FramesTest {
    private static final FrameLimits LIMITS = FrameLimits.FROM_SERVER;

    static Set<String> samples() {
        return FrameSamples.all().keySet();
    }

    @Test
    void everyKindOfFrameHasASample() {
        Set<Class<?>> sampled =
                FrameSamples.all().values().stream().map(Frame::getClass).collect(Collectors.toSet());
        Set<Class<?>> kinds = Stream.of(Frame.class, Frame.Fetch.class)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .filter(type -> !type.isInterface())
                .collect(Collectors.toSet());
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsWhatItWrites(String name) throws FormatException {
        Frame frame = FrameSamples.all().get(name);
        ByteString whole = Frames.encode(frame).whole();
        Frame decoded = Frames.decode(whole, LIMITS);
        assertThat(decoded).isEqualTo(frame);
        assertThat(Frames.encode(decoded).whole()).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsFramesThatCameDivided(String name) throws FormatException {
        Frame frame = FrameSamples.all().get(name);
        FrameParts parts = Frames.encode(frame);
        ByteString whole = parts.whole();
        ByteString prefix = whole.slice(0, Math.min(Frames.PREFIX_SIZE, whole.size()));
        assertThat(Frames.headSize(prefix, whole.size(), LIMITS))
                .isEqualTo(parts.head().size());
        assertThat(Frames.decode(parts.head(), parts.tail(), LIMITS)).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesEveryBeginningOfAFrameOrReadsAShorterBody(String name) throws FormatException {
        ByteString whole = Frames.encode(FrameSamples.all().get(name)).whole();
        int step = Math.max(1, whole.size() / 1000);
        for (int size = 0; size < whole.size(); size += step) {
            ByteString beginning = whole.slice(0, size);
            try {
                assertThat(Frames.encode(Frames.decode(beginning, LIMITS)).whole())
                        .isEqualTo(beginning);
                assertThat(name).matches("statement with body|entry");
            } catch (FormatException e) {
                assertThat(e.field()).isNotEmpty();
            }
        }
    }

    @Test
    void copiesNoBody() throws FormatException {
        ByteString body = Samples.bytes("a large body", 100_000);
        ByteString entry = Samples.bytes("a large entry", 100_000);
        Frame statement = new Frame.Statement(
                new org.plainsong.core.message.Packet<>(Samples.named("reveal").signed(), body));
        FrameParts parts = Frames.encode(statement);
        assertThat(parts.tail()).isSameAs(body);
        assertThat(((Frame.Statement) Frames.decode(parts.head(), body, LIMITS))
                        .packet()
                        .body())
                .isSameAs(body);
        FrameParts ofEntry = Frames.encode(new Frame.EntryFrame(5, entry));
        assertThat(ofEntry.tail()).isSameAs(entry);
        assertThat(((Frame.EntryFrame) Frames.decode(ofEntry.head(), entry, LIMITS)).bytes())
                .isSameAs(entry);
    }

    @Test
    void namesWhatIsWrongWithAFrame() {
        String hop = "02" + "00000010";
        assertThat(refused("")).isEqualTo("frame: empty");
        assertThat(refused("00")).isEqualTo("frame.kind: 0 is no kind of frame");
        assertThat(refused("08")).isEqualTo("frame.kind: 8 is no kind of frame");
        assertThat(refused("01" + "aa".repeat(31))).isEqualTo("challenge: 31 bytes, must be 32");
        assertThat(refused("01" + "aa".repeat(33))).isEqualTo("challenge: 33 bytes, must be 32");
        assertThat(refused("02000000")).isEqualTo("frame: ends after 4 bytes");
        assertThat(refused(hop)).isEqualTo("frame.envelope: ends after 0 bytes");
        assertThat(refused("02ffffffff")).isEqualTo("frame.envelope: at most 67108864 bytes allowed");
        assertThat(refused("0200000000")).isEqualTo("envelope: missing, the bytes end before it");
        assertThat(refused("030000000000000f")).isEqualTo("frame: ends after 8 bytes");
        assertThat(refused("03ffffffffffffffff00")).isEqualTo("entry.index: more than 9007199254740991");
        assertThat(refused("0480")).startsWith("fetch: 0 entries");
        assertThat(refused("048106")).isEqualTo("fetch.kind: 6 is more than 5");
        assertThat(refused("0482040a")).isEqualTo("fetch: 2 entries, kind 4 has 1");
        assertThat(refused("0481040a")).isEqualTo("fetch.end: 1 bytes too many");
        assertThat(refused("0484036568616c6c6f")).isEqualTo("fetch.type: no message has this type string");
        assertThat(refused("05a2016141026161")).isEqualTo("problem.code: a character other than a-z, 0-9 and hyphen");
    }

    @Test
    void namesTheStatementWithinALeavesFrame() {
        Frame.Leaves good = (Frame.Leaves) FrameSamples.all().get("leaves");
        Frame.Leaves odd = new Frame.Leaves(good.run(), good.hops(), Samples.bytes("odd", 33));
        assertThat(refused(odd)).isEqualTo("leaves.leafHashes: 33 bytes, not a multiple of 32");
        Frame.Leaves turned = new Frame.Leaves(good.run(), good.hops().reversed(), good.leafHashes());
        assertThat(refused(turned)).startsWith("leaves.hops[0].payload.server: not 1");
        Frame.SetupOffer setup = (Frame.SetupOffer) FrameSamples.all().get("setup");
        Frame.SetupOffer turnedSetup =
                new Frame.SetupOffer(setup.proposal(), setup.announcements().reversed());
        assertThat(refused(turnedSetup)).startsWith("setup.announcements[0].payload.server: not 1");
    }

    @Test
    void keepsToTheLimitsOfTheConnection() {
        ByteString statement =
                Frames.encode(FrameSamples.all().get("statement with body")).whole();
        FormatException body =
                catchThrowableOfType(FormatException.class, () -> Frames.decode(statement, new FrameLimits(4096, 99)));
        assertThat(body).hasMessage("frame.body: 100 bytes, at most 99 allowed");
        FormatException envelope =
                catchThrowableOfType(FormatException.class, () -> Frames.decode(statement, new FrameLimits(100, 100)));
        assertThat(envelope).hasMessage("frame.envelope: at most 100 bytes allowed");
    }

    @Test
    void theLimitsOfMembersLetTheLargestEnrolmentAndCiphertextIn() {
        FrameLimits limits = FrameLimits.fromMember(PolicyDefaults.policy(), 16);
        int enrolment = 16 * (1120 + 3 + 34) + 8 * (1120 * 16 + 48 + 1136 * 16 + 3) + 300;
        assertThat(limits.maxHead()).isGreaterThan(enrolment).isLessThan(2 * enrolment);
        assertThat(limits.maxTail()).isEqualTo(PolicyDefaults.policy().maxRoundBytes());
    }

    private static String refused(Frame frame) {
        return refused(Frames.encode(frame).whole().hex());
    }

    private static String refused(String hex) {
        FormatException refused =
                catchThrowableOfType(FormatException.class, () -> Frames.decode(ByteString.fromHex(hex), LIMITS));
        assertThat(refused).as(hex).isNotNull();
        return refused.getMessage();
    }
}
