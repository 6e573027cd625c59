package org.plainsong.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import tools.jackson.databind.JsonNode;

class TreeHashTest {
    private final JsonNode vectors = VectorFile.read("tree");
    private final List<ByteString> entries = hexes(vectors.get("leaves"));
    private final List<ByteString> leaves =
            entries.stream().map(TreeHash::leafHash).toList();

    @Test
    void givesTheRootsOfTheReferenceTree() {
        assertThat(TreeHash.root(List.of())).isEqualTo(Hash.sha256(ByteString.EMPTY));
        for (int size = 1; size <= entries.size(); size++) {
            ByteString expected =
                    ByteString.fromHex(vectors.get("roots").get(size - 1).asString());
            assertThat(TreeHash.root(entries.subList(0, size))).isEqualTo(expected);
            assertThat(TreeHash.rootOfLeafHashes(leaves.subList(0, size))).isEqualTo(expected);
        }
    }

    @Test
    void givesTheAuditPathsOfTheReferenceTree() {
        for (JsonNode vector : vectors.get("paths").values()) {
            int size = vector.get("size").asInt();
            assertThat(TreeProof.path(
                            leaves.subList(0, size), vector.get("index").asInt()))
                    .isEqualTo(hexes(vector.get("path")));
        }
    }

    @Test
    void givesTheConsistencyProofsOfTheReferenceTree() {
        for (JsonNode vector : vectors.get("consistency").values()) {
            int size = vector.get("newSize").asInt();
            assertThat(TreeProof.consistency(
                            leaves.subList(0, size), vector.get("oldSize").asInt()))
                    .isEqualTo(hexes(vector.get("proof")));
        }
    }

    @Test
    void agreesWithTheDefinitionForEveryNumberOfChunks() {
        Random random = new Random(7);
        for (int chunks = 0; chunks <= 40; chunks++) {
            for (int tail : new int[] {0, 1, 1023}) {
                byte[] data = new byte[chunks * 1024 + tail];
                random.nextBytes(data);
                assertThat(TreeHash.rootOfChunks(data)).isEqualTo(byDefinition(chunks(data)));
                assertThat(TreeHash.chunkCount(data.length))
                        .isEqualTo(chunks(data).size());
                byte[] within = new byte[data.length + 9];
                System.arraycopy(data, 0, within, 4, data.length);
                assertThat(TreeHash.rootOfChunks(within, 4, data.length)).isEqualTo(TreeHash.rootOfChunks(data));
            }
        }
    }

    @Test
    void provesEveryLeafOfEverySizeAndNothingElse() {
        List<ByteString> many = manyLeaves(20);
        for (int size = 1; size <= many.size(); size++) {
            List<ByteString> tree = many.subList(0, size);
            ByteString root = TreeHash.rootOfLeafHashes(tree);
            for (int index = 0; index < size; index++) {
                List<ByteString> path = TreeProof.path(tree, index);
                for (int claimed = 0; claimed < size; claimed++) {
                    assertThat(TreeProof.verifyPath(tree.get(index), claimed, size, path, root))
                            .as("leaf %d as %d of %d", index, claimed, size)
                            .isEqualTo(claimed == index);
                }
                for (List<ByteString> changed : changedProofs(path)) {
                    assertThat(TreeProof.verifyPath(tree.get(index), index, size, changed, root))
                            .isFalse();
                }
            }
        }
        assertThat(TreeProof.verifyPath(many.getFirst(), -1, 1, List.of(), many.getFirst()))
                .isFalse();
        assertThatThrownBy(() -> TreeProof.path(many, 20)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void provesThatEachTreeBeginsTheNextAndNothingElse() {
        List<ByteString> many = manyLeaves(20);
        for (int size = 1; size <= many.size(); size++) {
            ByteString root = TreeHash.rootOfLeafHashes(many.subList(0, size));
            for (int old = 1; old <= size; old++) {
                ByteString oldRoot = TreeHash.rootOfLeafHashes(many.subList(0, old));
                List<ByteString> proof = TreeProof.consistency(many.subList(0, size), old);
                assertThat(TreeProof.verifyConsistency(old, size, oldRoot, root, proof))
                        .isTrue();
                assertThat(TreeProof.verifyConsistency(old, size, many.get(3), root, proof))
                        .isFalse();
                assertThat(TreeProof.verifyConsistency(old, size, oldRoot, many.get(3), proof))
                        .isFalse();
                for (List<ByteString> changed : changedProofs(proof)) {
                    assertThat(TreeProof.verifyConsistency(old, size, oldRoot, root, changed))
                            .isFalse();
                }
            }
        }
        ByteString none = TreeHash.root(List.of());
        assertThat(TreeProof.verifyConsistency(0, 1, none, many.getFirst(), List.of()))
                .isFalse();
        assertThat(TreeProof.verifyConsistency(2, 1, none, none, List.of())).isFalse();
        assertThatThrownBy(() -> TreeProof.consistency(many, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void showsOneChunkOfDataAlone() {
        byte[] data = new byte[5000];
        new Random(3).nextBytes(data);
        ByteString root = TreeHash.rootOfChunks(data);
        for (int index = 0; index < 5; index++) {
            ByteString chunk = chunks(data).get(index);
            assertThat(TreeProof.verifyPath(
                            TreeHash.leafHash(chunk), index, 5, TreeProof.pathOfChunk(data, index), root))
                    .isTrue();
        }
    }

    private static List<List<ByteString>> changedProofs(List<ByteString> proof) {
        List<List<ByteString>> changed = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            byte[] flipped = proof.get(i).toByteArray();
            flipped[31] ^= 1;
            List<ByteString> other = new ArrayList<>(proof);
            other.set(i, ByteString.wrap(flipped));
            changed.add(other);
            List<ByteString> cut = new ArrayList<>(proof);
            cut.set(i, proof.get(i).slice(0, 31));
            changed.add(cut);
        }
        if (!proof.isEmpty()) {
            changed.add(proof.subList(0, proof.size() - 1));
        }
        List<ByteString> longer = new ArrayList<>(proof);
        longer.add(Hash.sha256(ByteString.EMPTY));
        changed.add(longer);
        return changed;
    }

    private static List<ByteString> manyLeaves(int count) {
        List<ByteString> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(TreeHash.leafHash(ByteString.of((byte) i)));
        }
        return many;
    }

    private static List<ByteString> chunks(byte[] data) {
        List<ByteString> chunks = new ArrayList<>();
        for (int at = 0; at < data.length; at += 1024) {
            chunks.add(ByteString.wrap(java.util.Arrays.copyOfRange(data, at, Math.min(data.length, at + 1024))));
        }
        return chunks;
    }

    /** RFC 6962 §2.1, word for word. */
    private static ByteString byDefinition(List<ByteString> d) {
        if (d.isEmpty()) {
            return Hash.sha256(ByteString.EMPTY);
        }
        if (d.size() == 1) {
            return Hash.sha256(ByteString.of((byte) 0), d.getFirst());
        }
        int k = 1;
        while (2 * k < d.size()) {
            k *= 2;
        }
        return Hash.sha256(
                ByteString.of((byte) 1), byDefinition(d.subList(0, k)), byDefinition(d.subList(k, d.size())));
    }

    private static List<ByteString> hexes(JsonNode array) {
        return array.values().stream()
                .map(node -> ByteString.fromHex(node.asString()))
                .toList();
    }
}
