package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Culprit;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** One server does one thing wrong, each test another; the others are honest. The bus checks after every event that nobody honest is convicted. */
class DishonestServerTest {
    private static final int CHEATER = 2;
    private static final int RUNS = 6;

    private final TestEpoch epoch = new TestEpoch("dishonest", 3, 5);
    private final AttemptContext attempt = epoch.first();
    private final Culprit culprit = new Culprit.OfServer(epoch.context().server(CHEATER));

    /** Replaces what the cheater sends to some server. */
    private interface Act extends BiFunction<Integer, Packet<?>, List<Packet<?>>> {}

    private List<Bus> runs(Act act) {
        List<Bus> buses = waits(act);
        buses.forEach(bus -> assertThat(bus.allEnded()).as("%s", bus.states).isTrue());
        return buses;
    }

    private List<Bus> waits(Act act) {
        return IntStream.range(0, RUNS).mapToObj(seed -> run(seed, act)).toList();
    }

    private Bus run(long seed, Act act) {
        Bus.Cheat cheat = new Bus.Cheat() {
            @Override
            public List<Packet<?>> send(int from, int to, Packet<?> packet) {
                return from == CHEATER
                                && packet.statement()
                                        .signer()
                                        .equals(epoch.context().server(CHEATER))
                        ? act.apply(to, packet)
                        : List.of(packet);
            }

            @Override
            public boolean isCheater(int server) {
                return server == CHEATER;
            }
        };
        Bus bus = new Bus(epoch, attempt, seed, Bus.Faults.NONE, cheat);
        for (int member = 0; member < 5; member++) {
            bus.submitted(1 + member % 3, member, epoch.submit(member, attempt, Map.of()));
        }
        bus.closeWindows();
        bus.run();
        return bus;
    }

    private <M extends Message> Packet<M> signed(M message) {
        return Packet.of(epoch.server(CHEATER).sign(message));
    }

    private void assertConvicted(Bus bus, Rule rule) {
        assertThat(bus.found).extracting(Violation::culprit).contains(culprit);
        assertThat(bus.found).extracting(Violation::rule).containsOnly(rule);
    }

    private static boolean revealedAnywhere(Bus bus) {
        return bus.all.stream()
                .anyMatch(effect -> effect instanceof AgreementEffect.Say say
                        && say.packet().statement().message() instanceof Reveal);
    }

    @Test
    void twoInventoriesConvict() {
        for (Bus bus : runs((to, packet) -> {
            if (packet.statement().message() instanceof Inventory m) {
                Packet<?> other = signed(
                        new Inventory(m.at(), m.prev(), m.server(), m.headers(), m.hellos(), m.confirmations(), true));
                return to == 3 ? List.of(packet, other) : List.of(packet);
            }
            return List.of(packet);
        })) {
            assertConvicted(bus, Rule.TWO_STATEMENTS);
        }
    }

    @Test
    void differentInventoriesForDifferentServersNeverReachAReveal() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Inventory m && to == 3
                ? List.of(signed(new Inventory(
                        m.at(), m.prev(), m.server(), List.of(), m.hellos(), m.confirmations(), m.endWish())))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertThat(honestReveals(bus)).isZero();
        }
    }

    private long honestReveals(Bus bus) {
        return bus.all.stream()
                .filter(effect -> effect instanceof AgreementEffect.Say say
                        && say.packet().statement().message() instanceof Reveal reveal
                        && reveal.server() != CHEATER)
                .count();
    }

    @Test
    void anInventoryOnAnotherLinkFailsTheAttemptAtOnce() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Inventory m
                ? List.of(signed(new Inventory(
                        m.at(),
                        new RecordHash(epoch.hash("other link")),
                        m.server(),
                        m.headers(),
                        m.hellos(),
                        m.confirmations(),
                        m.endWish())))
                : List.of(packet))) {
            assertThat(bus.all).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.ANOTHER_PREV));
            assertThat(revealedAnywhere(bus)).isFalse();
        }
    }

    @Test
    void twoCommitmentsConvictAndNobodySignsARecordOnThem() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Commitment m && to == 3
                ? List.of(signed(new Commitment(m.at(), m.server(), m.clear(), m.timeMillis() + 1, m.commitment())))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertConvicted(bus, Rule.TWO_STATEMENTS);
        }
    }

    @Test
    void aCommitmentToSomethingElseFailsTheAttemptBeforeAnyReveal() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Commitment m
                ? List.of(signed(new Commitment(
                        m.at(), m.server(), epoch.hash("another layout"), m.timeMillis(), m.commitment())))
                : List.of(packet))) {
            assertThat(bus.all).contains(new AgreementEffect.GivesUp(AgreementEffect.Reason.CLEAR_HASHES_DIFFER));
            assertThat(honestReveals(bus)).isZero();
        }
    }

    @Test
    void aShareOtherThanCommittedConvicts() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Reveal m
                ? List.of(reveal(m, flipped(packet.body())))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertConvicted(bus, Rule.WRONG_REVEAL);
        }
    }

    @Test
    void aShareShownDifferentlyToTwoServersConvicts() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Reveal m && to == 3
                ? List.of(reveal(m, flipped(packet.body())))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertThat(bus.found).extracting(Violation::culprit).contains(culprit);
        }
    }

    @Test
    void aShareOfAnotherSizeConvicts() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Reveal m
                ? List.of(reveal(m, ByteString.concat(packet.body(), ByteString.of((byte) 0))))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertConvicted(bus, Rule.WRONG_REVEAL);
        }
    }

    @Test
    void bytesThatTheSignedRevealDoesNotNameConvictNobody() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Reveal
                ? List.of(new Packet<>(packet.statement(), flipped(packet.body())))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertThat(bus.found).isEmpty();
        }
    }

    private Packet<Reveal> reveal(Reveal m, ByteString share) {
        Reveal other =
                new Reveal(m.at(), m.server(), m.commitments(), m.nonce(), TreeHash.rootOfChunks(share.unsafeArray()));
        return new Packet<>(epoch.server(CHEATER).sign(other), share);
    }

    private static ByteString flipped(ByteString bytes) {
        byte[] changed = bytes.toByteArray();
        changed[0] ^= 1;
        return ByteString.wrap(changed);
    }

    @Test
    void aRevealUnderOtherCommitmentsConvictsNobodyAndIsNotUsed() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Reveal m
                ? List.of(new Packet<>(
                        epoch.server(CHEATER)
                                .sign(new Reveal(m.at(), m.server(), epoch.hash("others"), m.nonce(), m.shareRoot())),
                        packet.body()))
                : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertThat(bus.found).isEmpty();
        }
    }

    @Test
    void aWithheldShareIsAskedForAndEndsInFailedThatSaysItWasRevealed() {
        for (Bus bus :
                runs((to, packet) -> packet.statement().message() instanceof Reveal ? List.of() : List.of(packet))) {
            assertThat(bus.certified).isEmpty();
            assertThat(bus.all)
                    .anyMatch(effect -> effect instanceof AgreementEffect.Ask ask
                            && ask.what().type().equals(Reveal.TYPE));
            List<Failed> faileds = bus.all.stream()
                    .filter(effect -> effect instanceof AgreementEffect.StoreFailed)
                    .map(effect ->
                            ((AgreementEffect.StoreFailed) effect).failed().message())
                    .toList();
            assertThat(faileds).isNotEmpty().allMatch(Failed::revealed);
            bus.failed.values().forEach(link -> {
                assertThat(link.link().mayHaveBeenRevealed()).isTrue();
                assertThat(link.link().expectedNext(attempt.expected())).isEqualTo(attempt.expected());
            });
        }
    }

    @Test
    void aRecordAndAFailedConvict() {
        for (Bus bus : runs((to, packet) -> {
            if (packet.statement().message() instanceof Record) {
                return List.of(packet, signed(failed(true)));
            }
            return List.of(packet);
        })) {
            // A failed beside a record with all M signatures convicts whoever signed both and changes nothing.
            assertConvicted(bus, Rule.TWO_STATEMENTS);
            assertThat(bus.failed).isEmpty();
        }
    }

    private Failed failed(boolean revealed) {
        return new Failed(
                attempt.at(), attempt.prev(), CHEATER, ByteString.EMPTY, ByteString.EMPTY, ByteString.EMPTY, revealed);
    }

    @Test
    void twoDifferentFailedConvictAndNoAttemptBuildsOnThem() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Inventory
                ? List.of(signed(failed(false)), signed(failed(true)))
                : List.of())) {
            assertConvicted(bus, Rule.TWO_STATEMENTS);
            assertThat(bus.failed).doesNotContainKeys(1, 3);
            assertThat(bus.over).containsEntry(1, AgreementEffect.Reason.CONTRADICTION);
            assertThat(bus.over).containsEntry(3, AgreementEffect.Reason.CONTRADICTION);
        }
    }

    @Test
    void anotherRecordIsNotCountedAndItsSignerIsWaitedFor() {
        for (Bus bus : waits((to, packet) -> packet.statement().message() instanceof Record m
                ? List.of(signed(new Record(
                        m.at(),
                        m.prev(),
                        m.inventories(),
                        m.participants(),
                        m.expectedNext(),
                        m.confirmed(),
                        m.headerRoot(),
                        m.commitments(),
                        m.nonces(),
                        m.shareRoots(),
                        m.outputRoot(),
                        m.timeMillis() + 1,
                        m.last(),
                        m.entered(),
                        m.verdicts())))
                : List.of(packet))) {
            assertThat(bus.certified).doesNotContainKeys(1, 3);
            assertThat(bus.all).contains(new AgreementEffect.RecordDiffers(CHEATER));
        }
    }

    @Test
    void anInventedParticipantMakesNoiseAndConvictsTheServerThatListedIt() {
        Header forged = new Header(
                attempt.at(),
                attempt.prev(),
                attempt.layout().hash(),
                epoch.context().enrolled().get(0),
                epoch.hash("root"));
        Signed<Header> entry = epoch.server(CHEATER).sign(forged);
        Signed<Inventory> inventory = epoch.server(CHEATER)
                .sign(new Inventory(
                        attempt.at(), attempt.prev(), CHEATER, List.of(entry), List.of(), List.of(), false));
        List<Violation> found = Validity.voidEntries(attempt, inventory, TestEpoch.CHECK);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).culprit()).isEqualTo(culprit);
        assertThat(found.get(0).rule()).isEqualTo(Rule.VOID_ENTRY);

        // Beside the member's own header at another server it does not exclude the member either.
        Signed<Header> own = epoch.submit(0, attempt, Map.of()).statement();
        Signed<Inventory> first = epoch.server(1)
                .sign(new Inventory(attempt.at(), attempt.prev(), 1, List.of(own), List.of(), List.of(), false));
        Signed<Inventory> third = epoch.server(3)
                .sign(new Inventory(attempt.at(), attempt.prev(), 3, List.of(), List.of(), List.of(), false));
        RoundPlan plan = RoundPlan.of(attempt, List.of(first, inventory, third), TestEpoch.CHECK);
        assertThat(plan.violations()).isEmpty();
        assertThat(plan.attachedTo(1)).containsExactly(0);
    }

    @Test
    void anOmittedParticipantIsSimplyNotThere() {
        for (Bus bus : runs((to, packet) -> packet.statement().message() instanceof Inventory m
                ? List.of(signed(
                        new Inventory(m.at(), m.prev(), m.server(), List.of(), m.hellos(), m.confirmations(), false)))
                : List.of(packet))) {
            // The cheater itself goes on with its whole inventory, so the clear hashes differ and nothing is revealed.
            assertThat(bus.certified).isEmpty();
            assertThat(honestReveals(bus)).isZero();
        }
    }
}
