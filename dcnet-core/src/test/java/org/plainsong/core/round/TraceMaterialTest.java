package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.slot.Layout;

class TraceMaterialTest {
    private final TestEpoch epoch = new TestEpoch("trace", 3, 4);
    private final AttemptContext attempt = epoch.attempt(
            3, 0, new RecordHash(epoch.hash("p")), Layout.of(epoch.context().epoch(), 3, new byte[] {3, 2, 0, 4}));
    private final byte[] nonce = Ciphertexts.nonce(attempt);

    @Test
    void showsWhatAServersShareBitIsMadeOf() {
        PadSource pads = epoch.serverPads(2);
        int[] participants = {0, 1, 3};
        SortedMap<Integer, Packet<Header>> attached = new TreeMap<>();
        attached.put(1, epoch.submit(1, attempt, Map.of()));
        attached.put(3, epoch.submit(3, attempt, epoch.writes(3, attempt, "x", 0)));
        ByteString share = Shares.compute(
                pads,
                nonce,
                participants,
                attached.values().stream().map(Packet::body).toList(),
                attempt.layout().totalBytes(),
                ParallelWork.HERE);
        TraceMaterial material = new TraceMaterial(10, 1 << 20);
        material.keep(attempt.at(), nonce, share, attached);
        ByteString shareRoot = TreeHash.rootOfChunks(share.unsafeArray());
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            long bit = random.nextLong(8L * share.size());
            ByteString padBits =
                    material.padBits(attempt.at(), bit, participants, pads).orElseThrow();
            TraceMaterial.Leaf shareLeaf = material.shareLeaf(attempt.at(), bit).orElseThrow();
            assertThat(shareLeaf.isUnder(shareRoot)).isTrue();
            boolean sum = BitSets.count(padBits) % 2 == 1;
            for (int member : List.of(1, 3)) {
                TraceMaterial.Leaf leaf =
                        material.ciphertextLeaf(attempt.at(), member, bit).orElseThrow();
                assertThat(leaf.isUnder(material.header(attempt.at(), member)
                                .orElseThrow()
                                .message()
                                .ciphertextRoot()))
                        .isTrue();
                sum ^= leaf.bit(bit);
            }
            assertThat(shareLeaf.bit(bit)).as("bit %s", bit).isEqualTo(sum);
        }
        assertThat(material.ciphertextLeaf(attempt.at(), 0, 5)).isEmpty();
    }

    private AttemptId round(long round) {
        return new AttemptId(epoch.context().epoch(), round, 0);
    }

    @Test
    void letsGoOfRoundsBeforeTheWindow() {
        TraceMaterial material = new TraceMaterial(3, 1 << 20);
        for (long round = 1; round <= 5; round++) {
            material.keep(round(round), nonce, ByteString.of(new byte[100]), new TreeMap<>());
        }
        assertThat(material.covers(round(2))).isFalse();
        assertThat(material.covers(round(3))).isTrue();
        assertThat(material.size()).isEqualTo(300);
        assertThat(material.shareLeaf(round(2), 0)).isEmpty();
        material.forgetAll();
        assertThat(material.size()).isZero();
        assertThat(material.covers(round(5))).isFalse();
    }

    @Test
    void keepsToItsBoundButAlwaysTheNewest() {
        TraceMaterial material = new TraceMaterial(10, 250);
        for (long round = 1; round <= 5; round++) {
            material.keep(round(round), nonce, ByteString.of(new byte[100]), new TreeMap<>());
        }
        assertThat(material.size()).isEqualTo(200);
        assertThat(material.covers(round(4))).isTrue();
        material.keep(round(6), nonce, ByteString.of(new byte[1000]), new TreeMap<>());
        assertThat(material.covers(round(6))).isTrue();
        assertThat(material.size()).isEqualTo(1000);
    }
}
