package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.shuffle.HopWork;
import org.plainsong.core.shuffle.ShuffleRun;

/** Up to two servers of three and two members of four cheat, drawn at random: whatever comes of it, no honest party is convicted and the honest ones end. */
class CombinationsTest {
    private static final List<Function<SetupWorld, SetupWorld.ServerCheat>> SERVERS = List.of(
            w -> Cheats.list(m -> {
                m.items().set(3, m.items().get(2));
                return m;
            }),
            w -> Cheats.list(m -> {
                Collections.rotate(m.origins(), 3);
                return m;
            }),
            w -> Cheats.list(m ->
                    Cheats.replace(1, Cheats.junk(run(w), layer(w, m), "junk")).apply(m)),
            w -> Cheats.list(m -> Cheats.replace(1, Cheats.foreignOnion(run(w), layer(w, m), "own"))
                    .apply(m)),
            w -> Cheats.hop(l -> new HopWork.Result.Declared(List.of(2), List.of())),
            w -> Cheats.hop(l -> new HopWork.Result.Declared(List.of(0), List.of(List.of(1, 4)))),
            w -> Cheats.declares(List.of(), List.of()),
            w -> Cheats.revealsEarly(),
            w -> Cheats.falseComplaint(),
            w -> Cheats.showsMembersAnotherList(),
            w -> Cheats.showsAnother(ConfirmationSet.class, 1, Cheats::withoutConfirmations),
            w -> Cheats.silentAbout(Hop.class),
            w -> Cheats.silentAbout(Link.class),
            w -> Cheats.silentAbout(Stopped.class),
            w -> Cheats.silentAbout(OpeningSet.class),
            w -> Cheats.silentAbout(InnerSeed.class));

    private static final List<Function<SetupWorld, SetupWorld.MemberCheat>> MEMBERS = List.of(
            w -> Cheats.malformedAt(1),
            w -> Cheats.malformedAt(2),
            w -> Cheats.malformedAt(3),
            w -> Cheats.member(Cheats.malformedAt(2), Cheats.opensNothing()),
            w -> Cheats.member(Cheats.malformedAt(1), Cheats.hasLostItsSeed()),
            w -> Cheats.falseMissing(),
            w -> Cheats.member(Cheats.falseMissing(), Cheats.opensNothing()),
            w -> Cheats.twoEnrolments(),
            w -> Cheats.wrongTag(),
            w -> Cheats.member(Cheats.wrongTag(), Cheats.opensTagWrongly()),
            w -> Cheats.copies(w.member(3)),
            w -> Cheats.enrolsWithServer2Alone(),
            w -> Cheats.member(Confirmation.class, (self, c) -> List.of()));

    private static ShuffleRun run(SetupWorld world) {
        return world.member(3).state.live().orElseThrow().terms().shuffle();
    }

    /** Which layer the items of a list are. */
    private static int layer(SetupWorld world, Cheats.Mixed mixed) {
        ShuffleRun run = run(world);
        int h = 1;
        while (run.layerSize(h) != mixed.items().get(0).size()) {
            h++;
        }
        return h;
    }

    @TestFactory
    List<DynamicTest> convictsNoHonestParty() {
        return LongStream.range(0, 60)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> runs(seed)))
                .toList();
    }

    private static void runs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SetupWorld world = new SetupWorld(3, 4, 2, seed, SetupWorld.Network.ROUGH);
        List<String> cheaters = new ArrayList<>();
        for (int j = 0; j < random.nextInt(3); j++) {
            int server = 1 + random.nextInt(3);
            world.server(server).cheat =
                    SERVERS.get(random.nextInt(SERVERS.size())).apply(world);
            cheaters.add("server " + server);
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            int member = random.nextInt(3);
            world.member(member).cheat =
                    MEMBERS.get(random.nextInt(MEMBERS.size())).apply(world);
            cheaters.add("member " + member);
        }
        world.run();
        TreeSet<String> convicted = new TreeSet<>();
        world.found().forEach(found -> convicted.add(found.substring(0, found.lastIndexOf(' '))));
        assertThat(cheaters).as(world.ends()).containsAll(convicted);
        for (SetupWorld.Server server : world.servers) {
            boolean ends = server.opened != null || server.voided != null || server.state.signed();
            assertThat(!server.isHonest() || ends).as(world.ends()).isTrue();
            assertSilentOnesOnly(world, server);
        }
    }

    /** An honest member answers when it is asked: it is never set aside. */
    private static void assertSilentOnesOnly(SetupWorld world, SetupWorld.Server server) {
        if (!server.isHonest() || server.voided == null) {
            return;
        }
        server.voided
                .setAside()
                .forEach(id -> assertThat(world.members.get(id).isHonest())
                        .as(world.ends())
                        .isFalse());
    }
}
