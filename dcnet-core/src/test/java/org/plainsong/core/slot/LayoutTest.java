package org.plainsong.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;

class LayoutTest {
    private static final EpochId EPOCH = new EpochId(Hash.sha256(new byte[] {1}));
    private static final int SLOTS = 4;

    private final List<Ed25519.SigningKey> keys = new ArrayList<>();
    private final List<PublicKey> publicKeys = new ArrayList<>();

    LayoutTest() {
        for (int s = 0; s < SLOTS; s++) {
            keys.add(Ed25519.SigningKey.fromSeed(
                    Hash.sha256(new byte[] {2, (byte) s}).toByteArray()));
            publicKeys.add(new PublicKey(keys.get(s).publicKey()));
        }
    }

    private static Policy policy(int maxRound) {
        return new Policy(
                2, 750, 1, 1, 900, 1500, 1000, maxRound, 1024, 512, 1, 100, 10, 1000, 10, 2, 2, 3, 3, 3, 250, 90, false,
                true);
    }

    /** An output in which each slot says this: null for nothing, a class for a good frame, -1 for a garbled one; a closed slot asks if not null. */
    private RoundReading reading(Layout layout, String body, Integer... says) {
        AttemptId at = new AttemptId(EPOCH, layout.round(), 0);
        byte[] output = new byte[layout.totalBytes()];
        for (int s = 0; s < layout.slots(); s++) {
            if (says[s] == null) {
                continue;
            }
            if (!layout.isOpen(s)) {
                output[layout.offset(s)] = 7;
                continue;
            }
            SlotFrame.Valid frame =
                    new SlotFrame.Valid(Math.max(0, says[s]), ByteString.of(body.getBytes(StandardCharsets.UTF_8)), 0);
            SlotFrame.build(at, keys.get(s), layout.length(s), frame, ByteString.of(new byte[16]))
                    .copyTo(output, layout.offset(s));
            if (says[s] < 0) {
                output[layout.offset(s) + 30] ^= 1;
            }
        }
        return RoundReading.of(at, layout, publicKeys, ByteString.wrap(output));
    }

    private static int[] classes(Layout layout) {
        int[] classes = new int[layout.slots()];
        for (int s = 0; s < classes.length; s++) {
            classes[s] = layout.lengthClass(s);
        }
        return classes;
    }

    @Test
    void startsWithOneByteForEachSlot() {
        Layout first = Layout.first(EPOCH, SLOTS);
        assertThat(first.totalBytes()).isEqualTo(SLOTS);
        assertThat(first.anyOpen()).isFalse();
        assertThat(first.round()).isEqualTo(1);
    }

    @Test
    void opensASlotThatAsksAtTheDefaultLength() {
        Layout next = Layout.first(EPOCH, SLOTS)
                .next(reading(Layout.first(EPOCH, SLOTS), "", null, 0, null, 0), policy(10_000));
        assertThat(classes(next)).containsExactly(0, 2, 0, 2);
        assertThat(next.offset(1)).isEqualTo(1);
        assertThat(next.offset(2)).isEqualTo(513);
        assertThat(next.totalBytes()).isEqualTo(1026);
        assertThat(next.slotAt(0)).isEqualTo(0);
        assertThat(next.slotAt(1)).isEqualTo(1);
        assertThat(next.slotAt(512)).isEqualTo(1);
        assertThat(next.slotAt(513)).isEqualTo(2);
        assertThat(next.slotAt(1025)).isEqualTo(3);
        assertThatThrownBy(() -> next.slotAt(1026)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void givesTheLengthThatAGoodFrameAsksForAndNothingBeyondTheLongest() {
        Layout layout = Layout.of(EPOCH, 5, new byte[] {1, 1, 1, 1});
        Layout next = layout.next(reading(layout, "x", 3, 4, 0, null), policy(10_000));
        assertThat(classes(next)).containsExactly(3, 0, 0, 0);
    }

    @Test
    void closesASlotThatStaysOpenAndCarriesNothing() {
        Layout layout = Layout.of(EPOCH, 5, new byte[] {1, 0, 0, 0});
        layout = layout.next(reading(layout, "", 1, null, null, null), policy(10_000));
        layout = layout.next(reading(layout, "", 1, null, null, null), policy(10_000));
        assertThat(layout.silentRounds(0)).isEqualTo(2);
        assertThat(layout.isOpen(0)).isTrue();
        Layout written = layout.next(reading(layout, "x", 1, null, null, null), policy(10_000));
        assertThat(written.silentRounds(0)).isZero();
        layout = layout.next(reading(layout, "", 1, null, null, null), policy(10_000));
        assertThat(layout.isOpen(0)).isFalse();
        assertThat(layout.silentRounds(0)).isZero();
    }

    @Test
    void keepsAGarbledSlotForItsRoundsOnly() {
        Layout layout = Layout.of(EPOCH, 5, new byte[] {1, 0, 0, 0});
        layout = layout.next(reading(layout, "x", -1, null, null, null), policy(10_000));
        layout = layout.next(reading(layout, "x", -1, null, null, null), policy(10_000));
        assertThat(layout.lengthClass(0)).isEqualTo(1);
        assertThat(layout.garbledRounds(0)).isEqualTo(2);
        Layout good = layout.next(reading(layout, "x", 2, null, null, null), policy(10_000));
        assertThat(good.garbledRounds(0)).isZero();
        assertThat(good.lengthClass(0)).isEqualTo(2);
        layout = layout.next(reading(layout, "x", -1, null, null, null), policy(10_000));
        assertThat(layout.isOpen(0)).isFalse();
        assertThat(layout.garbledRounds(0)).isZero();
    }

    @Test
    void grantsWithinTheBudgetFromTheSlotThatRotatesWithTheRound() {
        // One byte is set aside for each of 4 slots, 1276 remain; round 2 starts at slot 2: 511 for it, 511 for slot 3,
        // and 254 are too few for slot 0.
        Layout layout = Layout.first(EPOCH, SLOTS);
        Layout next = layout.next(reading(layout, "", 0, 0, 0, 0), policy(4 + 511 + 3 * 255));
        assertThat(next.round()).isEqualTo(2);
        assertThat(classes(next)).containsExactly(0, 0, 2, 2);
        Layout cut = layout.next(reading(layout, "", 0, 0, 0, 0), policy(4 + 511 + 255));
        assertThat(classes(cut)).containsExactly(0, 0, 2, 1);
        Layout none = layout.next(reading(layout, "", 0, 0, 0, 0), policy(4 + 254));
        assertThat(classes(none)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void neverExceedsTheBudget() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            byte[] open = new byte[SLOTS];
            Integer[] says = new Integer[SLOTS];
            for (int s = 0; s < SLOTS; s++) {
                open[s] = (byte) random.nextInt(4);
                says[s] = random.nextBoolean() ? (Integer) (random.nextInt(5) - 1) : null;
            }
            Layout layout = Layout.of(EPOCH, 1 + random.nextInt(50), open);
            int budget = SLOTS + random.nextInt(4000);
            Layout next = layout.next(reading(layout, "b", says), policy(budget));
            assertThat(next.totalBytes()).as("run %s", i).isLessThanOrEqualTo(budget);
            assertThat(next).isEqualTo(layout.next(reading(layout, "b", says), policy(budget)));
        }
    }

    @Test
    void hashesRoundEpochAndClasses() {
        Layout layout = Layout.of(EPOCH, 5, new byte[] {1, 0, 0, 0});
        assertThat(layout.hash())
                .isNotEqualTo(Layout.of(EPOCH, 6, new byte[] {1, 0, 0, 0}).hash());
        assertThat(layout.hash())
                .isNotEqualTo(Layout.of(EPOCH, 5, new byte[] {0, 1, 0, 0}).hash());
        assertThat(layout.hash())
                .isNotEqualTo(Layout.of(new EpochId(Hash.sha256(new byte[0])), 5, new byte[] {1, 0, 0, 0})
                        .hash());
    }

    @Test
    void managesTheMostSlotsThatAGroupCanHave() {
        Layout layout = Layout.first(EPOCH, 32_768);
        byte[] output = new byte[32_768];
        output[32_767] = 1;
        List<PublicKey> manyKeys = Collections.nCopies(32_768, publicKeys.get(0));
        RoundReading reading = RoundReading.of(new AttemptId(EPOCH, 1, 0), layout, manyKeys, ByteString.wrap(output));
        Layout next = layout.next(reading, policy(40_000));
        assertThat(next.openSlots()).isEqualTo(1);
        assertThat(next.totalBytes()).isEqualTo(32_767 + 512);
    }

    @Test
    void lengthClassesDouble() {
        assertThat(LengthClasses.bytes(0)).isEqualTo(1);
        assertThat(LengthClasses.bytes(1)).isEqualTo(256);
        assertThat(LengthClasses.bytes(13)).isEqualTo(1 << 20);
        assertThat(LengthClasses.ofBytes(131_072)).isEqualTo(10);
        assertThat(LengthClasses.isClass(300)).isFalse();
        assertThat(LengthClasses.isClass(128)).isFalse();
        assertThat(LengthClasses.isClass(1 << 21)).isFalse();
        assertThat(LengthClasses.forBody(168, 13)).isEqualTo(1);
        assertThat(LengthClasses.forBody(169, 13)).isEqualTo(2);
        assertThat(LengthClasses.forBody(5000, 3)).isEqualTo(3);
        assertThatThrownBy(() -> LengthClasses.bytes(14)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> LengthClasses.ofBytes(300)).isInstanceOf(IllegalStateException.class);
    }
}
