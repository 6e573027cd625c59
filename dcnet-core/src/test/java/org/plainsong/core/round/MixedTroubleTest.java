package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.slot.Layout;

/**
 * Everything at once, by seed: loss, repetition, members that stay away, proposals, a restarted server and one that lies now and then. The bus checks after every event
 * that no two servers hold different ends, nobody signs twice, nothing is revealed below the floor and nobody honest is convicted.
 */
class MixedTroubleTest {
    private static final int SERVERS = 3;
    private static final int MEMBERS = 5;

    private final TestEpoch epoch = new TestEpoch("mixed trouble", SERVERS, MEMBERS);
    private final AttemptContext attempt = epoch.attempt(
            7, 2, new RecordHash(epoch.hash("prev")), Layout.of(epoch.context().epoch(), 7, new byte[] {1, 0, 0, 0, 0
            }));
    private final List<Packet<Header>> submissions = IntStream.range(0, MEMBERS)
            .mapToObj(member -> epoch.submit(member, attempt, Map.of()))
            .toList();
    private final List<PadSource> pads =
            IntStream.rangeClosed(1, SERVERS).mapToObj(epoch::serverPads).toList();

    @Test
    void noMixtureOfTroubleBreaksARule() {
        int certified = 0;
        int failed = 0;
        for (long seed = 0; seed < 120; seed++) {
            Bus bus = run(seed);
            certified += bus.certified.isEmpty() ? 0 : 1;
            failed += bus.failed.isEmpty() ? 0 : 1;
        }
        assertThat(certified).isGreaterThan(30);
        assertThat(failed).isGreaterThan(30);
    }

    private Bus run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int liar = random.nextInt(3) == 0 ? 1 + random.nextInt(SERVERS) : 0;
        Bus.Faults faults =
                new Bus.Faults(1 + random.nextInt(400), random.nextDouble() * 0.4, random.nextDouble() * 0.3);
        Bus bus = new Bus(epoch, attempt, seed, faults, new Liar(liar, random.split()))
                .withPads(server -> pads.get(server - 1));
        for (int member = 0; member < MEMBERS; member++) {
            if (random.nextInt(8) > 0) {
                bus.submitted(1 + random.nextInt(SERVERS), member, submissions.get(member));
            }
        }
        bus.closeWindows();
        for (int server = 1; server <= SERVERS; server++) {
            if (random.nextInt(5) == 0) {
                bus.later(random.nextInt(2500), server, new AgreementEvent.ProposalSeen());
            }
        }
        if (random.nextInt(3) == 0) {
            restart(bus, 1 + random.nextInt(SERVERS), random.nextInt(2500), random);
        }
        bus.run();
        // A liar can keep the others waiting for its signature; honest servers alone always come to an end.
        assertThat(liar != 0 || bus.allEnded())
                .as("seed %s: %s", seed, bus.states)
                .isTrue();
        return bus;
    }

    private static void restart(Bus bus, int lost, int at, SplittableRandom random) {
        bus.restarts(lost, at);
        for (int server = 1; server <= SERVERS; server++) {
            if (server != lost) {
                bus.later(at + random.nextInt(200), server, new AgreementEvent.PeerRestarted(lost));
            }
        }
    }

    /** Sends nothing, something else or a failed beside it, now and then; 0 is nobody. */
    private final class Liar implements Bus.Cheat {
        private final int number;
        private final SplittableRandom random;
        private final double often;

        Liar(int number, SplittableRandom random) {
            this.number = number;
            this.random = random;
            this.often = random.nextDouble() * 0.5;
        }

        @Override
        public boolean isCheater(int server) {
            return server == number;
        }

        @Override
        public List<Packet<?>> send(int from, int to, Packet<?> packet) {
            boolean own = from == number
                    && packet.statement().signer().equals(epoch.context().server(number));
            if (!own || random.nextDouble() > often) {
                return List.of(packet);
            }
            List<Packet<?>> sent = new ArrayList<>();
            int act = random.nextInt(4);
            if (act == 1) {
                sent.add(packet);
            }
            if (act == 1 || act == 2) {
                sent.add(signed(new Failed(
                        attempt.at(),
                        attempt.prev(),
                        number,
                        ByteString.EMPTY,
                        ByteString.EMPTY,
                        ByteString.EMPTY,
                        random.nextBoolean())));
            }
            if (act == 3) {
                sent.add(another(packet));
            }
            return sent;
        }

        private Packet<?> another(Packet<?> packet) {
            return switch (packet.statement().message()) {
                case Inventory m ->
                    signed(new Inventory(
                            m.at(),
                            m.prev(),
                            number,
                            random.nextBoolean() ? List.of() : m.headers(),
                            m.hellos(),
                            m.confirmations(),
                            random.nextBoolean()));
                case Commitment m ->
                    signed(new Commitment(
                            m.at(), number, m.clear(), m.timeMillis() + random.nextInt(2), m.commitment()));
                case Reveal m ->
                    new Packet<>(
                            epoch.server(number)
                                    .sign(new Reveal(
                                            m.at(),
                                            number,
                                            random.nextBoolean() ? m.commitments() : epoch.hash("others"),
                                            m.nonce(),
                                            m.shareRoot())),
                            packet.body());
                default -> packet;
            };
        }

        private Packet<?> signed(Message message) {
            return Packet.of(epoch.server(number).sign(message));
        }
    }
}
