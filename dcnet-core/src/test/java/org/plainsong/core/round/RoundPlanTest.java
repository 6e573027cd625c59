package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Signed;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.verdict.Culprit;
import org.plainsong.core.verdict.Rule;

class RoundPlanTest {
    private final TestEpoch epoch = new TestEpoch("plan", 3, 6);
    private final ByteString confirmed = BitSets.of(6, i -> i < 4);
    private final AttemptContext attempt = new AttemptContext(
            epoch.context(),
            epoch.first().at(),
            epoch.first().prev(),
            epoch.first().layout(),
            confirmed,
            confirmed,
            0);

    private Signed<Header> header(int member) {
        return epoch.submit(member, attempt, Map.of()).statement();
    }

    private Signed<Inventory> inventory(
            int server, List<Signed<Header>> headers, List<Signed<Hello>> hellos, List<Signed<Confirmation>> late) {
        return epoch.server(server)
                .sign(new Inventory(attempt.at(), attempt.prev(), server, headers, hellos, late, false));
    }

    @SafeVarargs
    private final Signed<Inventory> inventory(int server, Signed<Header>... headers) {
        List<Signed<Header>> list = new ArrayList<>();
        for (Signed<Header> header : headers) {
            list.add(header);
        }
        return inventory(server, list, List.of(), List.of());
    }

    private RoundPlan plan(Signed<Inventory> one, Signed<Inventory> two, Signed<Inventory> three) {
        return RoundPlan.of(attempt, List.of(one, two, three), TestEpoch.CHECK);
    }

    @Test
    void attachesEachMemberToTheLowestServerThatListsIt() {
        RoundPlan plan = plan(
                inventory(1, header(1)),
                inventory(2, header(0), header(1), header(2)),
                inventory(3, header(0), header(3)));
        assertThat(plan.agreed().participants().hex()).isEqualTo("020102030000");
        assertThat(plan.violations()).isEmpty();
        assertThat(plan.agreed().headerRoot())
                .isEqualTo(TreeHash.root(List.of(
                        header(0).payload(),
                        header(1).payload(),
                        header(2).payload(),
                        header(3).payload())));
        assertThat(plan.floorReached()).isTrue();
    }

    @Test
    void leavesOutWhoHasNotConfirmedOrIsNotEnrolled() {
        TestEpoch other = new TestEpoch("others", 3, 2);
        RoundPlan plan = plan(
                inventory(1, header(0), header(4)),
                inventory(2, other.submit(1, other.first(), Map.of()).statement()),
                inventory(3));
        assertThat(plan.participants()).containsExactly(0);
        assertThat(plan.floorReached()).isFalse();
    }

    @Test
    void excludesAndConvictsWhoSignedTwoDifferentValidHeaders() {
        Signed<Header> second = epoch.submit(1, attempt, Map.of(epoch.slotOf(1), ByteString.of((byte) 5)))
                .statement();
        RoundPlan plan = plan(inventory(1, header(0), header(1)), inventory(2, second), inventory(3, header(2)));
        assertThat(plan.participants()).containsExactly(0, 2);
        assertThat(plan.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.culprit())
                    .isEqualTo(new Culprit.OfMember(epoch.context().enrolled().get(1)));
            assertThat(violation.rule()).isEqualTo(Rule.TWO_SUBMISSIONS);
            assertThat(violation.evidence().statements()).containsExactly(header(1), second);
        });
        assertThat(BitSets.contains(plan.agreed().expectedNext(), 1)).isFalse();
    }

    @Test
    void doesNotExcludeForAHeaderOfAnotherAttempt() {
        AttemptContext older = epoch.attempt(1, 3, new RecordHash(epoch.hash("old")), attempt.layout());
        Signed<Header> stale = epoch.submit(1, older, Map.of()).statement();
        RoundPlan plan = plan(inventory(1, header(0), stale), inventory(2, header(1)), inventory(3, header(2)));
        assertThat(plan.violations()).isEmpty();
        assertThat(plan.participants()).containsExactly(0, 1, 2);
        // Whose fault the noise is: the server's that listed it.
        assertThat(Validity.voidEntries(attempt, inventory(1, header(0), stale), TestEpoch.CHECK))
                .singleElement()
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo(Rule.VOID_ENTRY));
    }

    @Test
    void expectsNextWhoTakesPartAndConfirmedMembersWithAFreshHello() {
        List<Signed<Hello>> hellos = List.of(
                hello(3, 3, attempt.prev()),
                hello(2, 2, new RecordHash(epoch.hash("old"))),
                hello(4, 4, attempt.prev()),
                hello(5, 5, attempt.prev()),
                hello(1, 0, attempt.prev()));
        List<Signed<Confirmation>> late = List.of(confirmation(5, 5), confirmation(4, 0));
        RoundPlan plan = plan(inventory(1, header(0)), inventory(2, List.of(), hellos, late), inventory(3));
        assertThat(plan.agreed().lateConfirmed()).containsExactly(5);
        assertThat(BitSets.positions(plan.agreed().expectedNext())).containsExactly(0, 3, 5);
        assertThat(plan.participants()).containsExactly(0);
    }

    private Signed<Hello> hello(int member, int signer, RecordHash prev) {
        return epoch.member(signer)
                .sign(new Hello(
                        epoch.context().epoch(), epoch.context().enrolled().get(member), prev));
    }

    private Signed<Confirmation> confirmation(int member, int signer) {
        return epoch.member(signer)
                .sign(new Confirmation(
                        epoch.context().run(),
                        epoch.context().enrolled().get(member),
                        epoch.context().chainHash(),
                        true,
                        0,
                        0,
                        List.of()));
    }

    @Test
    void endsTheEpochWhenAServerWishesItOrItsRoundsAreOver() {
        Signed<Inventory> wish = epoch.server(2)
                .sign(new Inventory(attempt.at(), attempt.prev(), 2, List.of(), List.of(), List.of(), true));
        assertThat(plan(inventory(1), wish, inventory(3)).agreed().last()).isTrue();
        assertThat(plan(inventory(1), inventory(2), inventory(3)).agreed().last())
                .isFalse();
        AttemptContext end =
                epoch.attempt(1000, 0, attempt.prev(), Layout.of(epoch.context().epoch(), 1000, new byte[6]));
        assertThat(RoundPlan.of(end, List.of(inventory(1), inventory(2), inventory(3)), TestEpoch.CHECK)
                        .agreed()
                        .last())
                .isTrue();
    }

    @Test
    void roundTimeIsTheMiddleClockAndNeverRunsBack() {
        assertThat(RecordBuilder.roundTime(10, List.of(900L, 20L, 30L))).isEqualTo(30);
        assertThat(RecordBuilder.roundTime(10, List.of(900L, 20L))).isEqualTo(20);
        assertThat(RecordBuilder.roundTime(10, List.of(1L, 2L, 3L))).isEqualTo(11);
        assertThat(RecordBuilder.roundTime(10, List.of(40L, 20L, 30L, 50L))).isEqualTo(30);
    }
}
