package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;

class SealedBoxTest {
    private final Randomness random = Randomness.seeded("sealed box".getBytes(StandardCharsets.US_ASCII));
    private final ByteString context = ByteString.of(random.bytes(32));
    private final ByteString aad = ByteString.of(random.bytes(7));

    @Test
    void opensWhatWasSealedAndNothingThatWasChanged() {
        XWing.KeyPair pair = XWing.generate(random.bytes(32));
        byte[] text = random.bytes(100);
        ByteString box = SealedBox.seal(pair.publicKey(), random.bytes(64), Labels.ONION_LAYER, context, aad, text);

        assertThat(box.size()).isEqualTo(100 + SealedBox.OVERHEAD);
        assertThat(SealedBox.open(pair, Labels.ONION_LAYER, context, aad, box)).hasValue(text);
        assertThat(SealedBox.open(pair, Labels.REPLY, context, aad, box)).isEmpty();
        assertThat(SealedBox.open(pair, Labels.ONION_LAYER, aad, aad, box)).isEmpty();
        assertThat(SealedBox.open(pair, Labels.ONION_LAYER, context, context, box))
                .isEmpty();
        for (int at = 0; at < box.size(); at += 37) {
            byte[] changed = box.toByteArray();
            changed[at] ^= 1;
            assertThat(SealedBox.open(pair, Labels.ONION_LAYER, context, aad, ByteString.wrap(changed)))
                    .as("byte %d", at)
                    .isEmpty();
        }
        for (int size = 0; size < box.size(); size += 61) {
            assertThat(SealedBox.open(pair, Labels.ONION_LAYER, context, aad, box.slice(0, size)))
                    .as("first %d bytes", size)
                    .isEmpty();
        }
    }

    @Test
    void opensAMultiSealOnlyWithAllKeysInOrder() {
        List<XWing.ExpandedKey> keys = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
            keys.add(XWing.ExpandedKey.of(XWing.generate(random.bytes(32)).seed()));
        }
        List<ByteString> publicKeys =
                keys.stream().map(XWing.ExpandedKey::publicKey).toList();
        byte[] text = random.bytes(32);
        ByteString sealed = MultiSeal.seal(publicKeys, random.bytes(192), Labels.ONION_CORE, context, aad, text);

        assertThat(sealed.size()).isEqualTo(32 + MultiSeal.overhead(3));
        assertThat(MultiSeal.openMulti(keys, Labels.ONION_CORE, context, aad, sealed))
                .hasValue(text);
        assertThat(MultiSeal.openMulti(keys.reversed(), Labels.ONION_CORE, context, aad, sealed))
                .isEmpty();
        assertThat(MultiSeal.openMulti(keys.subList(0, 2), Labels.ONION_CORE, context, aad, sealed))
                .isEmpty();
    }
}
