package org.plainsong.core.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signature;
import org.plainsong.core.slot.Layout;
import org.plainsong.core.slot.RoundReading;

/**
 * The promise of anonymity as a test (protocol §1): with one honest server, exchange the messages of two honest members and adjust the pads that these two share with it;
 * then every byte that anybody else ever sees is the same. So nobody can tell the two worlds apart: not all other members and servers together, whatever they record.
 */
class SwapTest {
    private static final int SERVERS = 3;
    private static final int MEMBERS = 6;

    /** Whose messages are exchanged, and with whose pads that is made up for. */
    private record Exchange(int one, int other, int honestServer, boolean padsToo) {
        static final Exchange NONE = new Exchange(0, 0, 0, true);

        /** Whose messages this member writes. */
        int writesFor(int member) {
            return member == one ? other : member == other ? one : member;
        }
    }

    @Test
    void twoHonestMembersCanBeExchangedWithoutAByteChangingForAnybodyElse() {
        int certified = 0;
        int failed = 0;
        int open = 0;
        for (long seed = 0; seed < 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int one = random.nextInt(MEMBERS);
            int other = (one + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
            int honest = 1 + random.nextInt(SERVERS);
            World before = new World(seed, honest, Exchange.NONE, one, other);
            World after = new World(seed, honest, new Exchange(one, other, honest, true), one, other);
            before.run();
            after.run();
            assertThat(after.view).as("view of all others, seed %s", seed).isEqualTo(before.view);
            certified += before.certified;
            failed += before.failed;
            open += before.withOpenSlots;
        }
        assertThat(certified).as("certified attempts").isGreaterThan(40);
        assertThat(failed).as("failed attempts").isGreaterThan(20);
        assertThat(open).as("attempts with open slots").isGreaterThan(30);
    }

    @Test
    void withoutTheHonestServersPadsTheExchangeShows() {
        World before = new World(3, 2, Exchange.NONE, 0, 1);
        World after = new World(3, 2, new Exchange(0, 1, 2, false), 0, 1);
        before.run();
        after.run();
        assertThat(after.view).isNotEqualTo(before.view);
    }

    /** A few epochs of rounds; the seed decides who submits where, what is written and what goes wrong. */
    private static final class World {
        private static final int EPOCHS = 3;
        private static final int ATTEMPTS = 5;

        private final SplittableRandom random;
        private final long seed;
        private final int honestServer;
        private final Exchange exchange;
        private final List<Integer> pair;
        /** Every byte that leaves a member or a server, in order. */
        final List<ByteString> view = new ArrayList<>();

        int certified;
        int failed;
        int withOpenSlots;

        World(long seed, int honestServer, Exchange exchange, int one, int other) {
            this.seed = seed;
            this.random = new SplittableRandom(seed + 77);
            this.honestServer = honestServer;
            this.exchange = exchange;
            this.pair = List.of(one, other);
        }

        void run() {
            for (int number = 0; number < EPOCHS; number++) {
                runEpoch(new TestEpoch("swap " + seed + " " + number, SERVERS, MEMBERS));
            }
        }

        private void runEpoch(TestEpoch epoch) {
            Deltas deltas = new Deltas(epoch, exchange);
            List<Submissions> clients = IntStream.range(0, MEMBERS)
                    .mapToObj(member -> new Submissions(
                            epoch.context().enrolled().get(member),
                            deltas.ofMember(member),
                            SERVERS,
                            epoch.member(member)))
                    .toList();
            AttemptContext attempt = epoch.first();
            for (int i = 0; i < ATTEMPTS; i++) {
                Trouble trouble = Trouble.draw(random);
                Bus bus = runAttempt(epoch, attempt, clients, deltas, trouble);
                withOpenSlots += attempt.layout().anyOpen() ? 1 : 0;
                if (!bus.certified.isEmpty()) {
                    certified++;
                    attempt = afterRecord(
                            epoch, attempt, bus.certified.values().iterator().next());
                } else if (!bus.failed.isEmpty()) {
                    failed++;
                    RecordHash prev =
                            bus.failed.values().iterator().next().link().hash();
                    attempt = epoch.attempt(attempt.at().round(), attempt.at().attempt() + 1, prev, attempt.layout());
                } else {
                    failed++;
                    return;
                }
            }
        }

        private AttemptContext afterRecord(TestEpoch epoch, AttemptContext attempt, AgreementEffect.Certified done) {
            RoundReading reading = RoundReading.of(attempt.at(), attempt.layout(), epoch.slotKeys(), done.output());
            Layout next = attempt.layout().next(reading, epoch.context().policy());
            RecordHash prev = new RecordHash(Hash.sha256(done.record().payload()));
            return epoch.attempt(attempt.at().round() + 1, 0, prev, next);
        }

        private Bus runAttempt(
                TestEpoch epoch, AttemptContext attempt, List<Submissions> clients, Deltas deltas, Trouble trouble) {
            Bus bus = new Bus(epoch, attempt, random.nextLong(), trouble.faults(), cheat(trouble))
                    .withPads(deltas::ofServer);
            deltas.enter(attempt, texts(attempt));
            for (int member = 0; member < MEMBERS; member++) {
                int server = 1 + random.nextInt(SERVERS);
                boolean comes = random.nextInt(10) > 0 || pair.contains(member);
                if (trouble == Trouble.TOO_FEW) {
                    // One of the two may be away where nothing can be revealed.
                    comes = member == pair.get(0);
                }
                if (comes) {
                    Packet<Header> packet =
                            clients.get(member).submit(attempt, deltas.writes(exchange.writesFor(member)));
                    see(packet);
                    bus.submitted(server, member, packet);
                }
            }
            bus.closeWindows();
            if (trouble == Trouble.PROPOSAL) {
                bus.later(random.nextInt(700), 1 + random.nextInt(SERVERS), new AgreementEvent.ProposalSeen());
            }
            bus.run();
            bus.all.forEach(this::see);
            return bus;
        }

        /** What each member says in this attempt, empty for cover; drawn for all, so that both worlds draw alike. */
        private List<String> texts(AttemptContext attempt) {
            return IntStream.range(0, MEMBERS)
                    .mapToObj(member -> random.nextInt(4) == 0 ? "" : "said by " + member + " in " + attempt.at())
                    .toList();
        }

        private Bus.Cheat cheat(Trouble trouble) {
            int dishonest = honestServer % SERVERS + 1;
            return new Bus.Cheat() {
                @Override
                public List<Packet<?>> send(int from, int to, Packet<?> packet) {
                    boolean withheld = trouble == Trouble.WITHHELD_SHARE
                            && from == dishonest
                            && packet.statement().message() instanceof Reveal;
                    return withheld ? List.of() : List.of(packet);
                }

                @Override
                public boolean isCheater(int server) {
                    return trouble == Trouble.WITHHELD_SHARE && server == dishonest;
                }
            };
        }

        private void see(AgreementEffect effect) {
            switch (effect) {
                case AgreementEffect.Say say -> see(say.packet());
                case AgreementEffect.Send send -> see(send.packet());
                case AgreementEffect.Certified done -> view.add(done.output());
                default -> {}
            }
        }

        private void see(Packet<?> packet) {
            view.add(packet.statement().payload());
            for (Signature signature : packet.statement().signatures()) {
                view.add(signature.value());
            }
            view.add(packet.body());
        }
    }

    /** What goes wrong in an attempt. */
    private enum Trouble {
        NOTHING,
        LOSSY_NETWORK,
        PROPOSAL,
        WITHHELD_SHARE,
        TOO_FEW;

        static Trouble draw(SplittableRandom random) {
            int drawn = random.nextInt(12);
            return drawn < 6 ? NOTHING : drawn == 6 ? LOSSY_NETWORK : values()[2 + drawn % 3];
        }

        Bus.Faults faults() {
            return this == LOSSY_NETWORK ? new Bus.Faults(200, 0.2, 0.2) : Bus.Faults.NONE;
        }
    }

    /** The pads of an epoch, those between the exchanged members and the honest server adjusted by the difference of what the two write. */
    private static final class Deltas {
        private final TestEpoch epoch;
        private final Exchange exchange;
        private List<Map<Integer, ByteString>> writes = List.of();
        private byte[] difference = new byte[0];

        Deltas(TestEpoch epoch, Exchange exchange) {
            this.epoch = epoch;
            this.exchange = exchange;
        }

        void enter(AttemptContext attempt, List<String> texts) {
            writes = IntStream.range(0, MEMBERS)
                    .mapToObj(member -> texts.get(member).isEmpty()
                            ? Map.<Integer, ByteString>of()
                            : epoch.writes(member, attempt, texts.get(member), member % 3))
                    .toList();
            difference = new byte[attempt.layout().totalBytes()];
            List.of(exchange.one(), exchange.other())
                    .forEach(member -> writes.get(member)
                            .forEach((slot, bytes) -> add(attempt.layout().offset(slot), bytes)));
        }

        private void add(int offset, ByteString bytes) {
            for (int i = 0; i < bytes.size(); i++) {
                difference[offset + i] ^= bytes.at(i);
            }
        }

        Map<Integer, ByteString> writes(int member) {
            return writes.get(member);
        }

        PadSource ofServer(int server) {
            PadSource real = epoch.serverPads(server);
            return adjusted(real, member -> server == exchange.honestServer() && isExchanged(member));
        }

        PadSource ofMember(int member) {
            PadSource real = epoch.memberPads(member);
            return adjusted(real, server -> server + 1 == exchange.honestServer() && isExchanged(member));
        }

        private boolean isExchanged(int member) {
            return exchange.padsToo()
                    && exchange.one() != exchange.other()
                    && (member == exchange.one() || member == exchange.other());
        }

        private PadSource adjusted(PadSource real, IntFunction<Boolean> adjusts) {
            return new PadSource() {
                @Override
                public void xorInto(int[] who, int first, int end, byte[] nonce12, byte[] buffer, int length) {
                    real.xorInto(who, first, end, nonce12, buffer, length);
                    for (int i = first; i < end; i++) {
                        if (adjusts.apply(who[i])) {
                            for (int b = 0; b < length; b++) {
                                buffer[b] ^= difference[b];
                            }
                        }
                    }
                }

                @Override
                public byte byteAt(int who, byte[] nonce12, long position) {
                    byte value = real.byteAt(who, nonce12, position);
                    return adjusts.apply(who) ? (byte) (value ^ difference[(int) position]) : value;
                }
            };
        }
    }
}
