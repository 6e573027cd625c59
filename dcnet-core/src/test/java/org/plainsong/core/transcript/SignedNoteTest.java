package org.plainsong.core.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.crypto.TreeProof;
import org.plainsong.core.wire.FormatException;

/** Notes, checkpoints and the log's tree against vectors that another implementation has made (C2SP signed-note, tlog-checkpoint). */
class SignedNoteTest {
    private static final String SPEC_NOTE = """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;
    private static final String SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String ORIGIN = "board.example/g/demo";
    private static final String LOG_KEY = "board.example/g/demo+07ce6bff+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
    private static final String ROOT = "aSngF2aW53/pEe72CZ/tWVeqO18EDRdilXO1BEHni8s=";
    private static final String CHECKPOINT = ORIGIN + "\n5\n" + ROOT + "\n\n\u2014 " + ORIGIN
            + " B85r/8hIR9q95E4RHAtHBK7myUlLhswGHJZ713iX2EdotvKW7OT+++rwkTP2woT2jqYOwOleWToFq2btM7osWZAnqw0=\n";
    private static final String WITNESS_LINE =
            "\u2014 witness.example/w1 3xwKNQAAAABlU/EADR0rtDLRvjkM9NGV4T2IIyMqgx1aF3leec7Vf6ocB//R+rr7jsm8JoAvKzvz1cxxm+rMgUJfDHkmnjrR1UNSDA==\n";

    @Test
    void readsAndVerifiesTheExampleOfTheSpecification() throws FormatException {
        SignedNote note = SignedNote.parse(utf8(SPEC_NOTE));
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.verifiedBy(List.of(NoteKey.parse(SPEC_KEY)))).hasSize(1);
        assertThat(note.encode()).isEqualTo(utf8(SPEC_NOTE));
    }

    @Test
    void signsTheCheckpointOfTheVectorToTheByte() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 1);
        try (Ed25519.SigningKey key = Ed25519.SigningKey.fromSeed(seed)) {
            Checkpoint checkpoint = Checkpoint.of(ORIGIN, 5, base64(ROOT));
            assertThat(checkpoint.sign(key).encode()).isEqualTo(utf8(CHECKPOINT));
        }
    }

    @Test
    void readsTheCheckpointOfTheVectorAndIgnoresTheWitnessItDoesNotKnow() throws FormatException {
        SignedNote note = SignedNote.parse(utf8(CHECKPOINT + WITNESS_LINE));
        assertThat(note.verifiedBy(List.of(NoteKey.parse(LOG_KEY))))
                .extracting(NoteKey::name)
                .containsExactly(ORIGIN);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertThat(checkpoint).isEqualTo(Checkpoint.of(ORIGIN, 5, base64(ROOT)));
        assertThat(note.encode()).isEqualTo(utf8(CHECKPOINT + WITNESS_LINE));
    }

    @Test
    void computesRootsAndProofsOfTheVector() {
        Log log = new Log();
        LogHead head = LogHead.EMPTY;
        for (int i = 0; i < 5; i++) {
            ByteString leaf = TreeHash.leafHash(utf8("round-" + i));
            log.append(leaf);
            head = head.append(leaf);
            assertThat(head.root()).isEqualTo(log.root(i + 1)).isEqualTo(log.root());
            assertThat(head.size()).isEqualTo(i + 1);
        }
        assertThat(log.root()).isEqualTo(base64(ROOT));
        assertThat(log.root(3)).isEqualTo(base64("pPeVKUtriQSx43yq1vw2dzHtUwMYVMTvD+ZYNzbx/Uo="));
        assertThat(log.inclusion(3, 5))
                .containsExactly(
                        base64("3t5Uw1ZymkkKMOk/WQDhN/c1QsSzGuWCJWoMlGgIxvI="),
                        base64("zcyvgPOH3E9P4Xu6K8nwUgfv6OYyFEOnSKF2v2mM1gQ="),
                        base64("Mvu1Q5wZWbuAXe1vd0bKjWxX8uVCtnSPlI9CTfU8iZ4="));
        assertThat(log.consistency(3, 5))
                .containsExactly(
                        base64("3t5Uw1ZymkkKMOk/WQDhN/c1QsSzGuWCJWoMlGgIxvI="),
                        base64("IxRH+Yv3aG0IjtFfV/tBQ2BEr/g4S1KXPoEle64jDZs="),
                        base64("zcyvgPOH3E9P4Xu6K8nwUgfv6OYyFEOnSKF2v2mM1gQ="),
                        base64("Mvu1Q5wZWbuAXe1vd0bKjWxX8uVCtnSPlI9CTfU8iZ4="));
        assertThat(TreeProof.verifyConsistency(3, 5, log.root(3), log.root(), log.consistency(3, 5)))
                .isTrue();
    }

    @Test
    void theEmptyLogHasTheHashOfNothingAsItsRoot() {
        assertThat(LogHead.EMPTY.root().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void everyFlippedBitOfASignedCheckpointIsNoticed() throws FormatException {
        List<NoteKey> known = List.of(NoteKey.parse(LOG_KEY));
        byte[] bytes = CHECKPOINT.getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isAccepted(flipped, known)).as("bit %d", bit).isFalse();
        }
    }

    private static boolean isAccepted(byte[] bytes, List<NoteKey> known) {
        try {
            return !SignedNote.parse(ByteString.of(bytes)).verifiedBy(known).isEmpty();
        } catch (FormatException e) {
            return false;
        }
    }

    @Test
    void aBadSignatureOfAKnownKeySpoilsTheNote() throws FormatException {
        SignedNote good = SignedNote.parse(utf8(CHECKPOINT));
        SignedNote.Line bad =
                new SignedNote.Line(ORIGIN, good.lines().getFirst().keyId(), ByteString.wrap(new byte[64]));
        SignedNote both = new SignedNote(good.text(), List.of(good.lines().getFirst(), bad));
        assertThat(both.verifiedBy(List.of(NoteKey.parse(LOG_KEY)))).isEmpty();
    }

    @Test
    void refusesWhatIsNoNoteAndNoCheckpoint() {
        for (String bad : List.of(
                "",
                "text\n",
                "text\n\n",
                "text\n\nname AAAAAAAA\n",
                "text\n\n\u2014 AAAAAAAA\n",
                "text\n\n\u2014 na+me AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAA=\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAAAB",
                "te\txt\n\n\u2014 name AAAAAAAA\n")) {
            assertThatThrownBy(() -> SignedNote.parse(utf8(bad))).as(bad).isInstanceOf(FormatException.class);
        }
        for (String bad : List.of(
                "",
                "o\n5\n",
                "o\n05\n" + ROOT + "\n",
                "o\n-5\n" + ROOT + "\n",
                "o\n5\n" + ROOT,
                "o\n5\nAAAA\n",
                "o\n5\n" + ROOT + "\n\n",
                "\n5\n" + ROOT + "\n",
                "o\n1000000000000000000000\n" + ROOT + "\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).as(bad).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void refusesAKeyTextWhoseIdDoesNotFit() {
        assertThatThrownBy(() -> NoteKey.parse(LOG_KEY.replace("07ce6bff", "07ce6bfe")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("id");
    }

    private static ByteString utf8(String text) {
        return ByteString.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteString base64(String text) {
        return ByteString.wrap(Base64.getDecoder().decode(text));
    }
}
