package org.plainsong.core.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.RunId;

class OnionTest {
    private final Randomness random = Randomness.seeded(new byte[] {3});
    private final List<XWing.KeyPair> outer = List.of(pair(), pair());
    private final List<XWing.KeyPair> inner = List.of(pair(), pair());
    private final ShuffleRun run = new ShuffleRun(
            new RunId(ByteString.wrap(random.bytes(32))),
            outer.stream().map(XWing.KeyPair::publicKey).toList(),
            inner.stream().map(XWing.KeyPair::publicKey).toList(),
            60);
    private final ItemRef owner = new ItemRef(new MemberId(ByteString.wrap(random.bytes(16))), 1);
    private final byte[] outerSeed = random.bytes(32);
    private final byte[] payload = random.bytes(60);
    private final ByteString core = Onion.core(run, random.bytes(32), payload);
    private final List<ByteString> layers = Onion.layers(run, owner, outerSeed, core);

    private XWing.KeyPair pair() {
        return XWing.generate(random.bytes(32));
    }

    private XWing.ExpandedKey key(XWing.KeyPair pair) {
        return XWing.ExpandedKey.of(pair.seed());
    }

    @Test
    void findsThePublishedVectorsAsTheCodeGivesThem() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "vectors", "onion.json")))
                .as("docs/vectors/onion.json; run OnionVectors.main to write it anew")
                .isEqualTo(OnionVectors.file());
    }

    @Test
    void hasLayersOfTheSizesThatTheRunSays() {
        assertThat(layers)
                .extracting(ByteString::size)
                .containsExactly(run.layerSize(0), run.layerSize(1), run.layerSize(2));
        assertThat(run.layerSize(2)).isEqualTo(2 * 1120 + 60 + 16);
        assertThat(run.layerSize(0)).isEqualTo(run.layerSize(2) + 2 * 1136);
    }

    @Test
    void opensLayerByLayerToThePayload() {
        ByteString one =
                Onion.openLayer(run, 1, key(outer.get(0)), owner, layers.get(0)).orElseThrow();
        ByteString two = Onion.openLayer(run, 2, key(outer.get(1)), owner, one).orElseThrow();
        assertThat(one).isEqualTo(layers.get(1));
        assertThat(two).isEqualTo(core);
        assertThat(Onion.openCore(run, inner.stream().map(this::key).toList(), two))
                .contains(ByteString.of(payload));
    }

    @Test
    void bindsMemberAndIndexAtTheFirstHopOnly() {
        ItemRef otherIndex = new ItemRef(owner.member(), 0);
        ItemRef otherMember = new ItemRef(new MemberId(ByteString.wrap(new byte[16])), 1);
        for (ItemRef other : List.of(otherIndex, otherMember)) {
            assertThat(Onion.openLayer(run, 1, key(outer.get(0)), other, layers.get(0)))
                    .isEmpty();
            assertThat(Onion.openLayer(run, 2, key(outer.get(1)), other, layers.get(1)))
                    .isPresent();
        }
    }

    @Test
    void opensInItsOwnRunAndAtItsOwnHopOnly() {
        ShuffleRun other = new ShuffleRun(
                new RunId(Hash.sha256(ByteString.EMPTY)), run.outerKeys(), run.innerKeys(), run.payloadSize());
        assertThat(Onion.openLayer(other, 1, key(outer.get(0)), owner, layers.get(0)))
                .isEmpty();
        assertThat(Onion.openLayer(run, 2, key(outer.get(0)), owner, layers.get(0)))
                .isEmpty();
        assertThat(Onion.openCore(other, inner.stream().map(this::key).toList(), core))
                .isEmpty();
    }

    @Test
    void doesNotOpenWithAnyPartChanged() {
        byte[] x0 = layers.get(0).toByteArray();
        for (int at : new int[] {0, 1087, 1088, 1119, 1120, x0.length - 1}) {
            byte[] changed = x0.clone();
            changed[at] ^= 1;
            assertThat(Onion.openLayer(run, 1, key(outer.get(0)), owner, ByteString.wrap(changed)))
                    .as("byte %d", at)
                    .isEmpty();
        }
    }

    @Test
    void doesNotOpenToAnotherLengthThanTheLayers() {
        ByteString longer = ByteString.concat(core, ByteString.of((byte) 0));
        List<ByteString> wrong = Onion.layers(run, owner, outerSeed, longer);
        assertThat(Onion.openLayer(run, 2, key(outer.get(1)), owner, wrong.get(1)))
                .isEmpty();
    }

    @Test
    void comesToOneResultHoweverTheWorkIsCut() {
        List<SubmittedItem> items = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ItemRef ref = new ItemRef(owner.member(), i);
            items.add(new SubmittedItem(
                    ref, Onion.layers(run, ref, random.bytes(32), core).get(0)));
        }
        HopWork work = new HopWork(
                run,
                1,
                key(outer.get(0)),
                items.stream().map(SubmittedItem::item).toList(),
                items.stream().map(SubmittedItem::owner).toList());
        List<Optional<ByteString>> parts = new ArrayList<>(work.open(0, 4));
        parts.addAll(work.open(4, 5));
        parts.addAll(work.open(5, 9));
        HopWork.Result.Listed cut = (HopWork.Result.Listed) work.finish(parts);
        assertThat(cut).isEqualTo(work.finish(work.open(0, 9)));
        assertThat(cut.list().items()).isSorted();
        for (int i = 0; i < 9; i++) {
            assertThat(parts.get(cut.origins().get(i)))
                    .contains(cut.list().items().get(i));
        }
    }

    @Test
    void declaresWhatDoesNotOpenAndWhatIsEqual() {
        HopWork work = new HopWork(run, 2, key(outer.get(1)), List.of(), List.of());
        Optional<ByteString> a = Optional.of(ByteString.of((byte) 1));
        Optional<ByteString> b = Optional.of(ByteString.of((byte) 2));
        assertThat(work.finish(List.of(b, Optional.empty(), a, b, a, Optional.empty(), a)))
                .isEqualTo(new HopWork.Result.Declared(List.of(1, 5), List.of(List.of(0, 3), List.of(2, 4, 6))));
    }

    @Test
    void readsABodyBackAndRefusesOneThatIsCut() {
        ShuffleList list = ShuffleList.of(List.of(ByteString.of((byte) 1, (byte) 2), ByteString.EMPTY, core));
        ByteString body = list.body();
        assertThat(ShuffleList.fromBody(body)).contains(list);
        assertThat(ShuffleList.fromBody(ByteString.EMPTY)).contains(ShuffleList.of(List.of()));
        for (int size : new int[] {1, 3, 5, 9, body.size() - 1}) {
            assertThat(ShuffleList.fromBody(body.slice(0, size)))
                    .as("%d bytes", size)
                    .isEmpty();
        }
        assertThat(ShuffleList.fromBody(ByteString.of((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff)))
                .isEmpty();
    }

    @Test
    void findsEachFaultOfAList() {
        List<ByteString> good = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            good.add(ByteString.wrap(random.bytes(run.layerSize(1))));
        }
        Collections.sort(good);
        assertThat(ListCheck.fault(run, 1, 4, good)).isEmpty();
        assertThat(ListCheck.fault(run, 1, 5, good)).contains(ListCheck.Fault.COUNT);
        assertThat(ListCheck.fault(run, 2, 4, good)).contains(ListCheck.Fault.LENGTH);
        List<ByteString> swapped = new ArrayList<>(good);
        Collections.swap(swapped, 1, 2);
        assertThat(ListCheck.fault(run, 1, 4, swapped)).contains(ListCheck.Fault.UNSORTED);
        List<ByteString> twice = new ArrayList<>(good);
        twice.set(2, twice.get(1));
        assertThat(ListCheck.fault(run, 1, 4, twice)).contains(ListCheck.Fault.DUPLICATE);
    }
}
