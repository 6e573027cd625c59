package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Payloads: one value, one encoding, and each error names its field. The right encoding comes from {@link CborNode}, not from the code under test. */
final class MessageCodecTest {
    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    static List<BadSamples.Bad> badSamples() {
        return BadSamples.all();
    }

    @Test
    void everyMessageHasAType() {
        Set<Class<?>> messages = Set.of(Message.class.getPermittedSubclasses()).stream()
                .flatMap(family -> Set.of(family.getPermittedSubclasses()).stream())
                .collect(Collectors.toSet());
        assertThat(MessageType.values())
                .extracting(MessageType::message)
                .containsExactlyInAnyOrderElementsOf(cast(messages));
    }

    @SuppressWarnings("unchecked")
    private static Set<Class<? extends Message>> cast(Set<Class<?>> messages) {
        return (Set<Class<? extends Message>>) (Set<?>) messages;
    }

    @Test
    void everyTypeHasASample() {
        Set<MessageType> sampled = EnumSet.noneOf(MessageType.class);
        samples().forEach(sample -> sampled.add(sample.type()));
        assertThat(sampled).containsExactlyInAnyOrder(MessageType.values());
    }

    @Test
    void typeStringsAreThoseOfTheRecords() {
        for (Samples.Sample sample : samples()) {
            assertThat(sample.type().text()).isEqualTo(sample.message().type());
            assertThat(MessageType.named(sample.message().type())).contains(sample.type());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesComponentNUnderKeyN(Samples.Sample sample) {
        assertThat(MessageCodec.encode(sample.message())).isEqualTo(tree(sample).encode());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsWhatItWrites(Samples.Sample sample) throws FormatException {
        ByteString payload = tree(sample).encode();
        Message decoded = MessageCodec.decode(sample.type(), payload);
        assertThat(decoded).isEqualTo(sample.message());
        assertThat(MessageCodec.encode(decoded)).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anotherParserSeesTheSame(Samples.Sample sample) {
        JsonNode seen =
                new CBORMapper().readTree(MessageCodec.encode(sample.message()).toByteArray());
        assertSame(seen, tree(sample));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void namesTheFieldThatIsDamaged(Samples.Sample sample) {
        CborNode tree = tree(sample);
        for (CborNode node : tree.flat()) {
            for (Damage damage : Damage.of(node)) {
                String what = damage + " of " + node.path();
                FormatException refused = refusal(sample.type(), tree.encode(node, damage), what);
                if (node instanceof CborNode.Holder) {
                    assertThat(refused.field()).as(what).startsWith(node.path());
                } else {
                    assertThat(refused.field()).as(what).isEqualTo(node.path());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesEveryBeginningOfAPayload(Samples.Sample sample) {
        ByteString payload = MessageCodec.encode(sample.message());
        int step = Math.max(1, payload.size() / 2000);
        for (int size = 0; size < payload.size(); size += step) {
            FormatException refused = refusal(sample.type(), payload.slice(0, size), size + " bytes");
            assertThat(refused.field()).startsWith(sample.type().text());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesBytesAfterAPayload(Samples.Sample sample) {
        ByteString payload = MessageCodec.encode(sample.message());
        ByteString longer = ByteString.concat(payload, ByteString.of((byte) 0));
        assertThat(refusal(sample.type(), longer, "a byte more").field())
                .isEqualTo(sample.type().text() + ".end");
    }

    @ParameterizedTest
    @MethodSource("badSamples")
    void namesTheFieldThatIsNotAllowed(BadSamples.Bad bad) {
        assertThat(refusal(bad.type(), bad.payload(), bad.name()).field()).isEqualTo(bad.field());
    }

    @Test
    void readsTheLargestListsThatAreAllowed() throws FormatException {
        Message full = BadSamples.with(SetupSamples.proposal(), "eligible", Samples.members(4096));
        assertThat(MessageCodec.decode(MessageType.PROPOSAL, MessageCodec.encode(full)))
                .isEqualTo(full);
        Message over = BadSamples.with(SetupSamples.proposal(), "eligible", Samples.members(4097));
        assertThat(refusal(MessageType.PROPOSAL, MessageCodec.encode(over), "4097 members")
                        .field())
                .isEqualTo("proposal.eligible");
    }

    @Test
    void aCountFromTheNetworkAllocatesNothingThatIsNotThere() {
        // A map of 3 with the key 3 announcing 4096 entries in no bytes.
        ByteString payload = ByteString.concat(
                ByteString.fromHex("a3015820"), Samples.EPOCH.value(), ByteString.fromHex("020103" + "991000"));
        FormatException refused = refusal(MessageType.ENROLMENT_SET, payload, "announced only");
        assertThat(refused).hasMessage("enrolment-set.entries: no room for 4096 entries in 0 bytes");
    }

    private static CborNode tree(Samples.Sample sample) {
        return CborNode.of(sample.message(), sample.message().type());
    }

    private static FormatException refusal(MessageType type, ByteString payload, String what) {
        FormatException refused = catchThrowableOfType(FormatException.class, () -> MessageCodec.decode(type, payload));
        assertThat(refused).as(type.text() + ", " + what).isNotNull();
        return refused;
    }

    private static void assertSame(JsonNode seen, CborNode expected) {
        switch (expected) {
            case CborNode.Uint n -> assertThat(seen.longValue()).isEqualTo(n.value());
            case CborNode.Key n -> assertThat(seen.longValue()).isEqualTo(n.value());
            case CborNode.Bool b -> assertThat(seen.booleanValue()).isEqualTo(b.value());
            case CborNode.Text t -> assertThat(seen.stringValue()).isEqualTo(t.value());
            case CborNode.Bytes b ->
                assertThat(seen.binaryValue()).isEqualTo(b.value().toByteArray());
            case CborNode.Holder h -> assertSame(new CBORMapper().readTree(seen.binaryValue()), h.inner());
            case CborNode.Array a -> {
                assertThat(seen.size()).isEqualTo(a.children().size());
                for (int i = 0; i < seen.size(); i++) {
                    assertSame(seen.get(i), a.children().get(i));
                }
            }
            case CborNode.Entries m -> {
                assertThat(seen.size() * 2).isEqualTo(m.children().size());
                for (int i = 0; i < seen.size(); i++) {
                    assertSame(seen.get(String.valueOf(i + 1)), m.children().get(2 * i + 1));
                }
            }
        }
    }
}
