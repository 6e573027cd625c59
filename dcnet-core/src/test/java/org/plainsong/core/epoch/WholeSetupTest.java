package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;

/** Whole setups of honest groups over networks of all kinds. */
class WholeSetupTest {
    @Test
    void givesEveryMemberItsSlotsAndEveryPairOneSecret() {
        SetupWorld world = new SetupWorld(3, 4, 3, 1, SetupWorld.Network.CALM).run();

        OpeningRecord record = world.server(1).opened.record().message();
        assertThat(record.enrolled()).isEqualTo(List.copyOf(world.members.keySet()));
        assertThat(record.slots()).hasSize(12).isSorted();
        assertThat(record.expected().hex()).isEqualTo("f0");
        assertThat(record.timeMillis()).isGreaterThan(999_000);
        assertOneEpoch(world);
    }

    @TestFactory
    List<DynamicTest> opensOverAnyNetwork() {
        List<SetupWorld.Network> networks =
                List.of(SetupWorld.Network.CALM, SetupWorld.Network.ROUGH, SetupWorld.Network.BROKEN);
        return LongStream.range(0, 42)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    SetupWorld.Network network = networks.get((int) (seed % networks.size()));
                    SetupWorld world = new SetupWorld(
                            2 + (int) (seed % 3), 2 + (int) (seed % 4), 1 + (int) (seed % 2), seed, network);
                    world.run();
                    assertThat(world.found()).isEmpty();
                    assertOneEpoch(world);
                }))
                .toList();
    }

    private static void assertOneEpoch(SetupWorld world) {
        ByteString payload = world.server(1).opened.record().payload();
        Set<Integer> slots = new HashSet<>();
        for (SetupWorld.Server server : world.servers) {
            assertThat(server.opened).isNotNull();
            assertThat(server.opened.record().payload()).isEqualTo(payload);
            assertThat(server.opened.record().signatures()).hasSize(world.serverCount);
            assertThat(server.opened.padSecrets().keySet())
                    .containsExactlyElementsOf(server.opened.record().message().enrolled());
        }
        for (SetupWorld.Member member : world.members.values()) {
            member.handle(new Frame.Statement(Packet.of(world.server(1).opened.record())));
            if (member.state != null && world.server(1).opened.padSecrets().containsKey(member.context.self())) {
                assertThat(member.seat).as(String.valueOf(member.notSeated)).isNotNull();
                member.seat.names().forEach(name -> slots.add(name.slot()));
                for (SetupWorld.Server server : world.servers) {
                    assertThat(member.seat
                                    .pads()
                                    .get(server.context.self() - 1)
                                    .constantTimeEquals(
                                            server.opened.padSecrets().get(member.context.self())))
                            .isTrue();
                }
            }
        }
        assertThat(slots)
                .hasSize(world.server(1).opened.record().message().slots().size());
    }
}
