package org.plainsong.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

final class EnvelopesTest {
    private final Signed<Hello> hello = Samples.signed(GroupSamples.hello(0), "member 1");

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void holdsTypePayloadAndSignatures(Samples.Sample sample) throws FormatException {
        Signed<?> signed = sample.signed();
        ByteString envelope = tree(signed).encode();
        assertThat(Envelopes.encode(signed)).isEqualTo(envelope);
        assertThat(Envelopes.decode(envelope)).isEqualTo(signed);
        assertThat(Envelopes.decode(envelope, sample.message().getClass())).isEqualTo(signed);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void namesTheFieldThatIsDamaged(Samples.Sample sample) {
        CborNode tree = tree(sample.signed());
        for (CborNode node : tree.flat()) {
            boolean ofEnvelope = node.path().startsWith("envelope");
            for (Damage damage : ofEnvelope ? Damage.of(node) : List.<Damage>of()) {
                String field = refusal(tree.encode(node, damage)).field();
                String inner =
                        node instanceof CborNode.Holder holder ? holder.inner().path() : node.path();
                assertThat(field.startsWith(node.path()) || field.startsWith(inner))
                        .as(damage + " of " + node.path() + " gives " + field)
                        .isTrue();
            }
        }
    }

    @Test
    void signsSuiteTypeAndPayloadWithTheirLengths() {
        ByteString payload = ByteString.fromHex("a10102");
        assertThat(ByteString.wrap(Envelopes.signedBytes("hello", payload)).hex())
                .isEqualTo("706c61696e736f6e672d31" + "05" + "68656c6c6f" + "0000000000000003" + "a10102");
        byte[] signed = Envelopes.signedBytes("hello", hello.payload());
        assertThat(Ed25519.verify(
                        hello.signer().value(),
                        signed,
                        hello.signatures().get(0).value()))
                .isTrue();
    }

    @Test
    void believesNoOtherBytesTypeOrKey() {
        WireSignatureCheck check = new WireSignatureCheck();
        assertThat(check.allGood(hello)).isTrue();
        Signature good = hello.signatures().get(0);
        byte[] flipped = hello.payload().toByteArray();
        flipped[flipped.length - 1] ^= 1;
        assertThat(check.allGood(new Signed<>(hello.message(), ByteString.wrap(flipped), List.of(good))))
                .isFalse();
        Message sameBytesOtherType = new org.plainsong.core.message.LostSeed(Samples.RUN, Samples.MEMBERS.get(0));
        assertThat(check.allGood(new Signed<>(sameBytesOtherType, hello.payload(), List.of(good))))
                .isFalse();
        Signature other = new Signature(Samples.key("member 2"), good.value());
        assertThat(check.allGood(new Signed<>(hello.message(), hello.payload(), List.of(other))))
                .isFalse();
        Signature noKey = new Signature(new PublicKey(ByteString.fromHex("ff".repeat(32))), good.value());
        assertThat(check.allGood(new Signed<>(hello.message(), hello.payload(), List.of(noKey))))
                .isFalse();
    }

    @Test
    void oneBadSignatureSpoilsAnEnvelope() {
        Signed<Hello> two = Samples.signed(GroupSamples.hello(0), "member 1", "member 2");
        assertThat(new WireSignatureCheck().allGood(two)).isTrue();
        Signature first = two.signatures().get(0);
        Signature spoiled = new Signature(two.signatures().get(1).signer(), first.value());
        assertThat(new WireSignatureCheck()
                        .allGood(new Signed<>(two.message(), two.payload(), List.of(first, spoiled))))
                .isFalse();
    }

    @Test
    void checksTheSameWhateverItRemembers() {
        WireSignatureCheck forgetful = new WireSignatureCheck(1);
        for (int round = 0; round < 3; round++) {
            for (Samples.Sample sample : samples()) {
                assertThat(forgetful.allGood(sample.signed())).isTrue();
            }
        }
        assertThat(new WireSignatureCheck(0).allGood(hello)).isTrue();
    }

    @Test
    void refusesAnotherMessageThanWanted() {
        FormatException refused = catchThrowableOfType(
                FormatException.class, () -> Envelopes.decode(Envelopes.encode(hello), Header.class));
        assertThat(refused).hasMessage("envelope.type: 'hello' where Header was expected");
    }

    @Test
    void refusesATypeThatThereIsNot() {
        CborNode tree = new CborNode.Array(
                "",
                List.of(
                        new CborNode.Text("", "hallo"),
                        new CborNode.Bytes("", hello.payload()),
                        new CborNode.Array("", List.of())));
        assertThat(refusal(tree.encode()).field()).isEqualTo("envelope.type");
    }

    @Test
    void refusesSignaturesThatAreMissingTooManyUnsortedOrDouble() {
        Signed<?> group = Samples.named("group").signed();
        List<Signature> signatures = group.signatures();
        assertThat(refusal(new Signed<>(hello.message(), hello.payload(), signatures))
                        .field())
                .isEqualTo("envelope.signatures");
        assertThat(refusal(new Signed<>(group.message(), group.payload(), signatures.reversed()))
                        .field())
                .isEqualTo("envelope.signatures[1].signer");
        List<Signature> twice = List.of(signatures.get(0), signatures.get(0));
        assertThat(refusal(new Signed<>(group.message(), group.payload(), twice))
                        .field())
                .isEqualTo("envelope.signatures[1].signer");
        CborNode none = new CborNode.Array(
                "",
                List.of(
                        new CborNode.Text("", "hello"),
                        new CborNode.Bytes("", hello.payload()),
                        new CborNode.Array("", List.of())));
        assertThat(refusal(none.encode()).field()).isEqualTo("envelope.signatures");
    }

    @Test
    void combinesSignaturesOfOneStatement() {
        Hello message = GroupSamples.hello(0);
        Signed<Hello> one = Samples.signer("member 1").sign(message);
        Signed<Hello> two = Samples.signer("member 2").sign(message);
        Signed<Hello> both = Envelopes.combine(List.of(one, two, one));
        assertThat(both).isEqualTo(Envelopes.combine(List.of(two, one)));
        assertThat(both.signatures())
                .hasSize(2)
                .isSortedAccordingTo((a, b) -> a.signer().compareTo(b.signer()));
    }

    @Test
    void combinesNothingThatDiffers() {
        Signed<Hello> one = Samples.signer("member 1").sign(GroupSamples.hello(0));
        Signed<Hello> other = Samples.signer("member 2").sign(GroupSamples.hello(1));
        assertThatThrownBy(() -> Envelopes.combine(List.of(one, other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two different statements");
        assertThatThrownBy(() -> Envelopes.combine(List.<Signed<Hello>>of())).isInstanceOf(IllegalStateException.class);
    }

    private static CborNode tree(Signed<?> signed) {
        return CborNode.envelope(signed, "envelope", signed.message().type());
    }

    private static FormatException refusal(Signed<?> signed) {
        return refusal(Envelopes.encode(signed));
    }

    private static FormatException refusal(ByteString envelope) {
        FormatException refused = catchThrowableOfType(FormatException.class, () -> Envelopes.decode(envelope));
        assertThat(refused).as(envelope.hex()).isNotNull();
        return refused;
    }
}
