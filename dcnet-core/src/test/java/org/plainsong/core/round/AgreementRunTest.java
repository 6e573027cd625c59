package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.RoundReading;
import org.plainsong.core.slot.SlotFrame;

/** Servers of one attempt together on a network of which the seed decides. */
class AgreementRunTest {
    private final TestEpoch epoch = new TestEpoch("agreement run", 3, 5);

    private Bus bus(long seed, Bus.Faults faults, Bus.Cheat cheat, AttemptContext attempt) {
        Bus bus = new Bus(epoch, attempt, seed, faults, cheat);
        for (int member = 0; member < 5; member++) {
            Map<Integer, ByteString> writes =
                    member == 0 ? epoch.writes(0, attempt, "hello from seed " + seed, 1) : Map.of();
            bus.submitted(1 + (int) ((member + seed) % 3), member, epoch.submit(member, attempt, writes));
        }
        bus.closeWindows();
        return bus;
    }

    private AttemptContext openSlots() {
        byte[] classes = new byte[5];
        classes[epoch.slotOf(0)] = 1;
        return epoch.attempt(
                7,
                2,
                new RecordHash(epoch.hash("prev")),
                Layout.of(epoch.context().epoch(), 7, classes));
    }

    @Test
    void certifiesTheSlotOwnersMessageAtEveryServer() {
        AttemptContext attempt = openSlots();
        for (long seed = 0; seed < 20; seed++) {
            Bus bus = bus(seed, Bus.Faults.NONE, Bus.Cheat.NOBODY, attempt);
            bus.run();
            assertThat(bus.certified).as("seed %s", seed).hasSize(3);
            RoundReading reading = RoundReading.of(
                    attempt.at(),
                    attempt.layout(),
                    epoch.slotKeys(),
                    bus.certified.get(1).output());
            SlotFrame.Valid frame = (SlotFrame.Valid) reading.frame(epoch.slotOf(0));
            assertThat(new String(frame.body().toByteArray(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("hello from seed " + seed);
            assertThat(bus.found).isEmpty();
        }
    }

    @Test
    void decidesOneWayOrTheOtherOnANetworkThatLosesAndRepeats() {
        AttemptContext attempt = openSlots();
        int certified = 0;
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Bus.Faults faults =
                    new Bus.Faults(1 + random.nextInt(400), random.nextDouble() * 0.4, random.nextDouble() * 0.5);
            Bus bus = bus(seed, faults, Bus.Cheat.NOBODY, attempt);
            bus.run();
            assertThat(bus.allEnded()).as("seed %s: %s", seed, bus.states).isTrue();
            certified += bus.certified.size() == 3 ? 1 : 0;
        }
        assertThat(certified).isGreaterThan(75);
    }

    @Test
    void staysConsistentWhenServersProposeOrRestartAtAnyMoment() {
        AttemptContext attempt = openSlots();
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(1000 + seed);
            Bus bus = bus(seed, new Bus.Faults(100, 0.1, 0.2), Bus.Cheat.NOBODY, attempt);
            int lost = 1 + random.nextInt(3);
            int at = random.nextInt(1500);
            for (int server = 1; server <= 3; server++) {
                if (random.nextBoolean()) {
                    bus.later(random.nextInt(1500), server, new AgreementEvent.ProposalSeen());
                }
                if (server != lost && seed % 2 == 0) {
                    bus.later(at + random.nextInt(100), server, new AgreementEvent.PeerRestarted(lost));
                }
            }
            if (seed % 2 == 0) {
                bus.restarts(lost, at);
            }
            bus.run();
            assertThat(bus.allEnded()).as("seed %s: %s", seed, bus.states).isTrue();
        }
    }

    @Test
    void revealsNothingBelowTheFloor() {
        AttemptContext attempt = openSlots();
        for (long seed = 0; seed < 10; seed++) {
            Bus bus = new Bus(epoch, attempt, seed, Bus.Faults.NONE, Bus.Cheat.NOBODY);
            for (int member = 0; member < 3; member++) {
                bus.submitted(1 + member, member, epoch.submit(member, attempt, Map.of()));
            }
            bus.closeWindows();
            bus.run();
            assertThat(bus.failed).hasSize(3);
            assertThat(bus.all).noneMatch(effect -> effect instanceof AgreementEffect.ComputeShare);
            FailedRecord link = bus.failed.get(1).link();
            assertThat(link.hash()).isEqualTo(bus.failed.get(2).link().hash());
            assertThat(link.mayHaveBeenRevealed()).isFalse();
            List<Integer> next = org.plainsong.core.bytes.BitSets.positions(link.expectedNext(epoch.everyone()));
            assertThat(next).containsExactly(0, 1, 2);
        }
    }
}
