package org.plainsong.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.PublicKey;

class SlotFrameTest {
    private final AttemptId at = new AttemptId(new EpochId(Hash.sha256(new byte[] {9})), 3, 1);
    private final Ed25519.SigningKey key =
            Ed25519.SigningKey.fromSeed(Hash.sha256(new byte[] {8}).toByteArray());
    private final PublicKey slot = new PublicKey(key.publicKey());
    private final ByteString seed = Hash.sha256(new byte[] {7}).slice(0, 16);
    private final SlotFrame.Valid content = new SlotFrame.Valid(2, ByteString.of((byte) 1, (byte) 0, (byte) 3), 0xfffe);
    private final ByteString frame = SlotFrame.build(at, key, 256, content, seed);

    @Test
    void readsWhatItsOwnerWrote() {
        assertThat(frame.size()).isEqualTo(256);
        assertThat(SlotFrame.open(at, slot, frame)).isEqualTo(content);
    }

    @Test
    void holdsBodiesUpToTheLengthLess88Bytes() {
        SlotFrame.Valid full = new SlotFrame.Valid(0, ByteString.of(new byte[168]), 0);
        assertThat(SlotFrame.open(at, slot, SlotFrame.build(at, key, 256, full, seed)))
                .isEqualTo(full);
        SlotFrame.Valid more = new SlotFrame.Valid(0, ByteString.of(new byte[169]), 0);
        assertThatThrownBy(() -> SlotFrame.build(at, key, 256, more, seed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("169");
    }

    @Test
    void readsZerosAsSilence() {
        assertThat(SlotFrame.open(at, slot, ByteString.of(new byte[256]))).isEqualTo(new SlotFrame.Silent());
    }

    @Test
    void isGarbledByAnyFlippedBitButThoseOfTheBlameRequest() {
        for (int bit = 16; bit < 8 * 256; bit += 5) {
            byte[] changed = frame.toByteArray();
            changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
            assertThat(SlotFrame.open(at, slot, ByteString.wrap(changed)))
                    .as("bit %s", bit)
                    .isEqualTo(new SlotFrame.Garbled(0xfffe));
        }
        byte[] request = frame.toByteArray();
        request[1] ^= 1;
        assertThat(SlotFrame.open(at, slot, ByteString.wrap(request)))
                .isEqualTo(new SlotFrame.Valid(2, content.body(), 0xffff));
    }

    @Test
    void isGoodForItsAttemptAndSlotOnly() {
        AttemptId next = at.nextAttempt();
        PublicKey other =
                new PublicKey(Ed25519.SigningKey.fromSeed(new byte[32]).publicKey());
        assertThat(SlotFrame.open(next, slot, frame)).isInstanceOf(SlotFrame.Garbled.class);
        assertThat(SlotFrame.open(at.nextRound(), slot, frame)).isInstanceOf(SlotFrame.Garbled.class);
        assertThat(SlotFrame.open(at, other, frame)).isInstanceOf(SlotFrame.Garbled.class);
    }

    @Test
    void readsNoiseAsGarbled() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[256];
            random.nextBytes(noise);
            assertThat(SlotFrame.open(at, slot, ByteString.wrap(noise))).isInstanceOf(SlotFrame.Garbled.class);
        }
    }

    @Test
    void masksEverythingBehindTheSeed() {
        // Of the 256 - 18 masked bytes of an empty frame about half of all bits are set, padding too.
        ByteString empty = SlotFrame.build(at, key, 1024, new SlotFrame.Valid(0, ByteString.EMPTY, 0), seed);
        int ones = 0;
        for (int i = 24; i < 1024 - 64; i++) {
            ones += Integer.bitCount(empty.at(i) & 0xff);
        }
        assertThat(ones).isBetween(3400, 4100);
    }
}
