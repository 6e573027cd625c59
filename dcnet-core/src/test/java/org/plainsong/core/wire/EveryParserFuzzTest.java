package org.plainsong.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;

/** All targets of {@link WireFuzzTest} and {@link PublishedFuzzTest} as one, because Jazzer searches with one target for each process: the first byte chooses the target. Every build runs it. */
final class EveryParserFuzzTest {
    private static final WireFuzzTest TARGETS = new WireFuzzTest();
    private static final PublishedFuzzTest PUBLISHED = new PublishedFuzzTest();
    private static final List<Target> ALL = List.of(
            new Target(TARGETS::anEnvelope, WireFuzzTest.envelopes()),
            new Target(TARGETS::aFrame, WireFuzzTest.frames()),
            new Target(TARGETS::anEntry, WireFuzzTest.entries()),
            new Target(TARGETS::aPayloadOfGroup, WireFuzzTest.ofGroup()),
            new Target(TARGETS::aPayloadOfSetup, WireFuzzTest.ofSetup()),
            new Target(TARGETS::aPayloadOfShuffle, WireFuzzTest.ofShuffle()),
            new Target(TARGETS::aPayloadOfAttempt, WireFuzzTest.ofAttempt()),
            new Target(PUBLISHED::aContent, PublishedFuzzTest.contents()),
            new Target(PUBLISHED::aReply, PublishedFuzzTest.replies()),
            new Target(PUBLISHED::aFragment, PublishedFuzzTest.fragments()),
            new Target(PUBLISHED::aSlot, PublishedFuzzTest.slots()),
            new Target(PUBLISHED::aNote, PublishedFuzzTest.notes()),
            new Target(PUBLISHED::aCheckpoint, PublishedFuzzTest.checkpoints()),
            new Target(PUBLISHED::aNoteKey, PublishedFuzzTest.noteKeys()),
            new Target(PUBLISHED::aSetupBundle, PublishedFuzzTest.bundles()));

    static Stream<Arguments> seeds() {
        return IntStream.range(0, ALL.size())
                .boxed()
                .flatMap(target -> ALL.get(target).seeds().stream().map(seed -> chosen(target, seed)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void everyParser(byte[] data) {
        if (data.length > 0 && data[0] >= 0 && data[0] < ALL.size()) {
            ALL.get(data[0]).parser().parse(Arrays.copyOfRange(data, 1, data.length));
        }
    }

    private static Arguments chosen(int target, byte[] seed) {
        ByteString all = ByteString.concat(ByteString.of((byte) target), ByteString.of(seed));
        return Arguments.of((Object) all.toByteArray());
    }

    private interface Parser {
        void parse(byte[] data);
    }

    private record Target(Parser parser, List<byte[]> seeds) {
        Target(Parser parser, Stream<Arguments> seeds) {
            this(parser, seeds.map(arguments -> (byte[]) arguments.get()[0]).toList());
        }
    }
}
