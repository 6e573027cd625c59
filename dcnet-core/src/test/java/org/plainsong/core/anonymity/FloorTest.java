package org.plainsong.core.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.RecordHash;

class FloorTest {
    private final Policy policy = PolicyDefaults.policy();

    private static ByteString first(int count) {
        return BitSets.of(40, i -> i < count);
    }

    @Test
    void roundsUpAndNeverGoesBelowTheMinimum() {
        assertThat(Floor.required(0, 3, 750)).isEqualTo(3);
        assertThat(Floor.required(4, 3, 750)).isEqualTo(3);
        assertThat(Floor.required(5, 3, 750)).isEqualTo(4);
        assertThat(Floor.required(8, 3, 750)).isEqualTo(6);
        assertThat(Floor.required(9, 3, 750)).isEqualTo(7);
        assertThat(Floor.required(1000, 3, 1000)).isEqualTo(1000);
        assertThat(Floor.required(1000, 3, 0)).isEqualTo(3);
        assertThat(Floor.required(4096, 2, 999)).isEqualTo(4092);
    }

    @Test
    void countsOnlyTheExpected() {
        assertThat(Floor.isReached(first(6), first(8), policy)).isTrue();
        assertThat(Floor.isReached(first(5), first(8), policy)).isFalse();
        ByteString others = BitSets.of(40, i -> i >= 3 && i < 30);
        assertThat(Floor.isReached(others, first(8), policy)).isFalse();
    }

    @Test
    void clientHoldsWhileItsOwnMinimumIsAboveTheFloor() {
        ClientRules rules = ClientRules.start(7, policy);
        assertThat(rules.holds(first(8))).containsExactly(ClientRules.Hold.FLOOR_BELOW_OWN_MINIMUM);
        assertThat(rules.holds(first(9))).isEmpty();
        assertThat(rules.withOwnMinimum(6).holds(first(8))).isEmpty();
    }

    @Test
    void clientHoldsWhenTheExpectedDropByMoreThanTheShareAndStartsAgainByItself() {
        ClientRules rules = ClientRules.start(3, policy).afterRecord(first(20));
        assertThat(rules.holds(first(15))).isEmpty();
        assertThat(rules.holds(first(14))).containsExactly(ClientRules.Hold.EXPECTED_DROPPED);
        for (int i = 0; i < ClientRules.RECORDS_COMPARED; i++) {
            assertThat(rules.holds(first(14))).isNotEmpty();
            rules = rules.afterRecord(first(14));
        }
        assertThat(rules.holds(first(14))).isEmpty();
    }

    private static Failed failed(int server, boolean revealed, int... present) {
        byte[] participants = new byte[40];
        for (int i : present) {
            participants[i] = 1;
        }
        return new Failed(
                new AttemptId(new EpochId(ByteString.of(new byte[32])), 1, 0),
                new RecordHash(ByteString.of(new byte[32])),
                server,
                ByteString.of(new byte[32]),
                present.length == 0 ? ByteString.EMPTY : ByteString.of(participants),
                ByteString.EMPTY,
                revealed);
    }

    @Test
    void aPostCountsTheIntersectionOfPossiblyRevealedAttempts() {
        PostSet post = PostSet.UNSENT.afterFailed(List.of(failed(1, false, 1, 2, 3), failed(2, false, 1, 2, 3)));
        assertThat(post.mayHaveBeenRevealed()).isFalse();
        post = post.afterFailed(List.of(failed(1, true, 1, 2, 3, 4), failed(2, false)));
        assertThat(post.size()).isEqualTo(4);
        post = post.afterFailed(List.of(failed(1, true, 2, 3, 4, 5), failed(2, true, 2, 3, 5)));
        assertThat(BitSets.positions(post.members().orElseThrow())).containsExactly(2, 3);
        ClientRules rules = ClientRules.start(3, policy);
        assertThat(rules.holds(first(20), post)).containsExactly(ClientRules.Hold.SET_SHRUNK_BY_FAILED_ATTEMPT);
        assertThat(rules.holds(first(20), PostSet.UNSENT)).isEmpty();
    }

    @Test
    void possibleAuthorsAreThoseWhoWerePresentEveryTime() {
        PossibleAuthors authors = PossibleAuthors.start(first(10));
        authors = authors.wrote(List.of(1, 2), BitSets.of(40, i -> i < 6));
        authors = authors.wrote(List.of(2), BitSets.of(40, i -> i > 3));
        assertThat(BitSets.count(authors.of(0))).isEqualTo(10);
        assertThat(BitSets.positions(authors.of(1))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(BitSets.positions(authors.of(2))).containsExactly(4, 5);
        assertThat(BitSets.positions(authors.ifItWroteWith(1, BitSets.of(40, i -> i < 2))))
                .containsExactly(0, 1);
        assertThat(BitSets.count(authors.confirmedLate(first(12)).of(0))).isEqualTo(12);
        assertThat(BitSets.count(authors.confirmedLate(first(12)).of(1))).isEqualTo(6);
    }
}
