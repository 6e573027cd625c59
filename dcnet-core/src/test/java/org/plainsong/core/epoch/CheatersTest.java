package org.plainsong.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.shuffle.HopWork;
import org.plainsong.core.shuffle.Onion;
import org.plainsong.core.shuffle.ShuffleRun;

/** One cheat each, in real setups of three servers and four members: exactly the culprit is named, or the silent one, never an honest party. */
class CheatersTest {
    private final List<DynamicTest> tests = new ArrayList<>();

    /** Runs a cheat over several seeds and checks what was found. */
    private void cheat(String name, Consumer<SetupWorld> cheat, Consumer<SetupWorld> end, String... found) {
        for (long seed = 0; seed < 2; seed++) {
            long s = seed;
            SetupWorld.Network network = seed == 0 ? SetupWorld.Network.CALM : SetupWorld.Network.ROUGH;
            tests.add(DynamicTest.dynamicTest(name + " (seed " + seed + ")", () -> {
                SetupWorld world = new SetupWorld(3, 4, 2, s, network);
                cheat.accept(world);
                world.run();
                assertThat(world.found()).as(world.ends()).isEqualTo(new TreeSet<>(Set.of(found)));
                end.accept(world);
                assertNothingWasOpenedTwice(world);
            }));
        }
    }

    /** §9 invariant 6: an honest server ends a run or reveals, never both; an honest member opens nothing of a run in which an honest server has revealed. */
    private static void assertNothingWasOpenedTwice(SetupWorld world) {
        boolean revealed = false;
        for (SetupWorld.Server server : world.servers) {
            List<Class<?>> said = new ArrayList<>();
            server.state.said().forEach(frame -> {
                if (frame instanceof Frame.Statement statement) {
                    said.add(statement.packet().statement().message().getClass());
                }
            });
            assertThat(said.contains(InnerSeed.class) && said.contains(Stopped.class))
                    .isFalse();
            assertThat(said.stream().filter(Failed.class::equals).count()).isLessThanOrEqualTo(1);
            assertThat(said.contains(Failed.class) && server.opened != null).isFalse();
            revealed |= server.isHonest() && said.contains(InnerSeed.class);
        }
        for (SetupWorld.Member member : world.members.values()) {
            boolean opened =
                    member.sent.stream().anyMatch(packet -> packet.statement().message() instanceof Opening);
            assertThat(opened && revealed).isFalse();
        }
    }

    private static Consumer<SetupWorld> server(int j, SetupWorld.ServerCheat cheat) {
        return world -> world.server(j).cheat = cheat;
    }

    private static Consumer<SetupWorld> member(int i, SetupWorld.MemberCheat cheat) {
        return world -> world.member(i).cheat = cheat;
    }

    /** No honest server opens the epoch, and each has signed that it gave up. */
    private static void voided(SetupWorld world) {
        for (SetupWorld.Server server : world.servers) {
            if (server.isHonest()) {
                assertThat(server.opened).isNull();
                assertThat(server.voided).isNotNull();
                assertThat(server.voided.failedSigned()).isTrue();
            }
        }
    }

    private static Consumer<SetupWorld> refusing(int... numbers) {
        return world -> {
            voided(world);
            TreeSet<Integer> named = new TreeSet<>();
            for (SetupWorld.Server server : world.servers) {
                if (server.isHonest()) {
                    named.addAll(server.voided.refusing());
                }
            }
            assertThat(named).isEqualTo(Cheats.numbers(numbers));
        };
    }

    private static Consumer<SetupWorld> setAside(int... positions) {
        return world -> {
            voided(world);
            TreeSet<MemberId> expected = new TreeSet<>();
            for (int position : positions) {
                expected.add(world.member(position).context.self());
            }
            world.servers.forEach(server -> assertThat(server.voided.setAside()).isEqualTo(expected));
        };
    }

    /** The epoch opens with so many members and slots; member 0 is enrolled or not. */
    private static Consumer<SetupWorld> opened(int members, int slots) {
        return world -> {
            for (SetupWorld.Server server : world.servers) {
                OpeningRecord record = server.opened.record().message();
                assertThat(record.enrolled()).hasSize(members);
                assertThat(record.slots()).hasSize(slots);
            }
        };
    }

    private static ShuffleRun run(SetupWorld world) {
        return world.member(0).state.live().orElseThrow().terms().shuffle();
    }

    @TestFactory
    List<DynamicTest> listsOfCheatingServers() {
        for (int h = 1; h <= 3; h++) {
            int at = h;
            String who = "server " + h;
            cheat(
                    who + " drops an item",
                    server(h, Cheats.list(m -> {
                        m.items().remove(2);
                        m.origins().remove(/* index */ 2);
                        return m;
                    })),
                    CheatersTest::voided,
                    who + " BAD_LIST");
            cheat(
                    who + " duplicates an item",
                    server(h, Cheats.list(m -> {
                        m.items().set(3, m.items().get(2));
                        return m;
                    })),
                    CheatersTest::voided,
                    who + " BAD_LIST");
            cheat(
                    who + " reorders its list",
                    server(h, Cheats.list(m -> {
                        m.items().add(m.items().remove(0));
                        return m;
                    })),
                    CheatersTest::voided,
                    who + " BAD_LIST");
            cheat(
                    who + " shortens an item",
                    server(h, Cheats.list(m -> {
                        m.items().set(0, m.items().get(0).slice(0, 100));
                        return m;
                    })),
                    CheatersTest::voided,
                    who + " BAD_LIST");
            cheat(
                    who + " replaces an item by an onion of its own",
                    world -> world.server(at).cheat = Cheats.list(
                            m -> Cheats.replace(1, Cheats.foreignOnion(run(world), at, "foreign"))
                                    .apply(m)),
                    CheatersTest::voided,
                    who + " ITEM_DROPPED");
            cheat(
                    who + " replaces an item by junk",
                    world -> world.server(at).cheat = Cheats.list(
                            m -> Cheats.replace(1, Cheats.junk(run(world), at, "junk"))
                                    .apply(m)),
                    CheatersTest::voided,
                    who + (h == 3 ? " ITEM_DROPPED" : " FALSE_LINK"));
            cheat(
                    who + " keeps only one victim's item",
                    world -> world.server(at).cheat = Cheats.list(m -> {
                        Cheats.Mixed mixed = m;
                        for (int i = 0; i < 7; i++) {
                            ByteString own = Cheats.foreignOnion(run(world), at, "foreign " + i);
                            mixed = Cheats.replace(victimFree(mixed, i), own)
                                    .apply(new Cheats.Mixed(
                                            new ArrayList<>(mixed.items()), new ArrayList<>(mixed.origins())));
                        }
                        return mixed;
                    }),
                    CheatersTest::voided,
                    who + " ITEM_DROPPED");
        }
        return tests;
    }

    /** A position whose item is still an honest one; the list keeps at least one of them. */
    private static int victimFree(Cheats.Mixed mixed, int round) {
        return round % mixed.items().size();
    }

    @TestFactory
    List<DynamicTest> declarationsAndLinks() {
        for (int h = 1; h <= 3; h++) {
            String who = "server " + h;
            cheat(
                    who + " declares a good item malformed",
                    server(h, Cheats.hop(l -> new HopWork.Result.Declared(List.of(2), List.of()))),
                    CheatersTest::voided,
                    who + " FALSE_DECLARATION");
            cheat(
                    who + " declares two good items equal",
                    server(h, Cheats.hop(l -> new HopWork.Result.Declared(List.of(), List.of(List.of(1, 4))))),
                    CheatersTest::voided,
                    who + " FALSE_EQUAL_SET");
            cheat(
                    who + " declares nothing",
                    server(h, Cheats.declares(List.of(), List.of())),
                    CheatersTest::voided,
                    who + " BAD_DECLARATION");
            cheat(
                    who + " declares an item that there is not",
                    server(h, Cheats.declares(List.of(99), List.of())),
                    CheatersTest::voided,
                    who + " BAD_DECLARATION");
        }
        cheat(
                "server 1 links a malformed item to an honest member",
                member(0, Cheats.malformedAt(2)).andThen(server(1, Cheats.list(m -> {
                    Collections.rotate(m.origins(), 3);
                    return m;
                }))),
                CheatersTest::voided,
                "server 1 FALSE_LINK");
        cheat(
                "server 1 links to something outside the list",
                member(0, Cheats.malformedAt(2)).andThen(server(1, Cheats.list(m -> {
                    Collections.fill(m.origins(), 8);
                    return m;
                }))),
                CheatersTest::voided,
                "server 1 BAD_LINK");
        cheat(
                "server 1 links two items to one",
                member(0, Cheats.malformedAt(2))
                        .andThen(member(1, Cheats.malformedAt(2)))
                        .andThen(server(1, Cheats.list(m -> {
                            Collections.fill(m.origins(), 5);
                            return m;
                        }))),
                CheatersTest::voided,
                "server 1 BAD_LINK");
        cheat(
                "server 1 signs no link",
                member(0, Cheats.malformedAt(2)).andThen(server(1, Cheats.silentAbout(Link.class))),
                refusing(1));
        return tests;
    }

    @TestFactory
    List<DynamicTest> equivocationAndSeeds() {
        for (int h = 1; h <= 3; h++) {
            int at = h;
            int shown = h % 3 + 1;
            cheat(
                    "server " + h + " signs a spare list",
                    world -> world.server(at).cheat = Cheats.showsAnother(
                            Hop.class,
                            shown,
                            (self, p) -> Cheats.otherList(
                                    self, p, Cheats.replace(1, Cheats.foreignOnion(run(world), at, "foreign")))),
                    CheatersTest::voided,
                    "server " + h + " TWO_STATEMENTS");
        }
        cheat(
                "server 3 shows members another list",
                server(3, Cheats.showsMembersAnotherList()),
                world -> {},
                "server 3 TWO_STATEMENTS");
        cheat(
                "server 2 shows two sets of confirmations",
                server(2, Cheats.showsAnother(ConfirmationSet.class, 1, Cheats::withoutConfirmations)),
                world -> {},
                "server 2 TWO_STATEMENTS");
        cheat(
                "server 2 announces two sets of keys",
                server(2, Cheats.showsAnother(Announcement.class, 1, (self, p) -> {
                    Announcement a = p.statement().message();
                    ByteString another = a.outerKey();
                    return Packet.of(self.context
                            .signer()
                            .sign(new Announcement(a.epoch(), a.server(), another, a.outerKey(), a.innerKey())));
                })),
                CheatersTest::voided,
                "server 2 TWO_STATEMENTS");
        cheat(
                "server 2 shows two sets of enrolments",
                member(0, Cheats.enrolsWithServer2Alone())
                        .andThen(server(2, Cheats.showsAnother(EnrolmentSet.class, 1, (self, p) -> {
                            EnrolmentSet set = p.statement().message();
                            return Packet.of(
                                    self.context.signer().sign(new EnrolmentSet(set.epoch(), set.server(), List.of())));
                        }))),
                CheatersTest::voided,
                "server 2 TWO_STATEMENTS");
        cheat(
                "a member enrols with one server alone: the others fetch it",
                member(0, Cheats.enrolsWithServer2Alone()),
                opened(4, 8));
        cheat(
                "server 2 reveals a wrong inner seed",
                server(2, Cheats.says(InnerSeed.class, (self, p) -> {
                    InnerSeed s = p.statement().message();
                    return List.of(Packet.of(self.context
                            .signer()
                            .sign(new InnerSeed(
                                    s.run(), s.server(), s.sets(), SetupWorld.seeded("wrong"), s.timeMillis()))));
                })),
                CheatersTest::voided,
                "server 2 WRONG_INNER_SEED");
        cheat("server 2 reveals its inner seed too early", server(2, Cheats.revealsEarly()), refusing(2));
        cheat(
                "an item is missing where an inner seed is out: nobody opens anything",
                world -> {
                    world.server(2).cheat = Cheats.revealsEarly();
                    world.server(3).cheat = Cheats.list(
                            m -> Cheats.replace(1, Cheats.foreignOnion(run(world), 3, "foreign"))
                                    .apply(m));
                },
                world -> {
                    refusing(2).accept(world);
                    world.members
                            .values()
                            .forEach(m -> assertThat(m.sent)
                                    .noneMatch(p -> p.statement().message() instanceof Opening));
                });
        return tests;
    }

    @TestFactory
    List<DynamicTest> silentServers() {
        for (Class<? extends Message> type : List.<Class<? extends Message>>of(
                Announcement.class,
                EnrolmentSet.class,
                EnrolmentCheck.class,
                Hop.class,
                ChainCheck.class,
                ConfirmationSet.class,
                InnerSeed.class)) {
            cheat(
                    "server 2 is silent about its " + type.getSimpleName(),
                    server(2, Cheats.silentAbout(type)),
                    refusing(2));
        }
        cheat("server 2 signs no opening record: the others wait for it", server(2, Cheats.signsNoRecord()), world -> {
            for (int j : List.of(1, 3)) {
                assertThat(world.server(j).opened).isNull();
                assertThat(world.server(j).voided).isNull();
                assertThat(world.server(j).state.signed()).isTrue();
                assertThat(world.server(j).waiting.get(0).refusing()).containsExactly(2);
            }
        });
        cheat(
                "server 2 does not end a run that is traced: nobody opens, nobody is set aside",
                member(0, Cheats.malformedAt(1)).andThen(server(2, Cheats.silentAbout(Stopped.class))),
                world -> {
                    refusing(2).accept(world);
                    world.servers.forEach(s -> assertThat(s.voided.setAside()).isEmpty());
                });
        cheat(
                "server 2 shows no openings: evidence that is there counts",
                member(0, Cheats.malformedAt(1)).andThen(server(2, Cheats.silentAbout(OpeningSet.class))),
                refusing(2),
                "member 0 WRONG_OPENING");
        cheat(
                "server 2 shows no openings: nobody is set aside",
                member(0, Cheats.member(Cheats.malformedAt(1), Cheats.opensNothing()))
                        .andThen(server(2, Cheats.silentAbout(OpeningSet.class))),
                world -> {
                    refusing(2).accept(world);
                    for (int j : List.of(1, 3)) {
                        assertThat(world.server(j).voided.setAside()).isEmpty();
                    }
                });
        return tests;
    }

    @TestFactory
    List<DynamicTest> cheatingMembers() {
        for (int h = 1; h <= 3; h++) {
            cheat(
                    "a member's onion is malformed at layer " + h,
                    member(0, Cheats.malformedAt(h)),
                    setAside(),
                    "member 0 WRONG_OPENING");
            cheat(
                    "a member whose onion is malformed at layer " + h + " keeps silent",
                    member(0, Cheats.member(Cheats.malformedAt(h), Cheats.opensNothing())),
                    setAside(0));
        }
        cheat(
                "a member's core is malformed",
                member(0, Cheats.member(Cheats.malformedAt(4), Cheats.confirmsAnyway())),
                opened(4, 7));
        cheat(
                "a member has lost the seed that it is asked for",
                member(0, Cheats.member(Cheats.malformedAt(2), Cheats.hasLostItsSeed())),
                world -> {
                    setAside().accept(world);
                    world.servers.forEach(s -> assertThat(s.voided.lost())
                            .containsExactly(world.member(0).context.self()));
                });
        cheat(
                "a member copies another's onion",
                world -> world.member(0).cheat = Cheats.copies(world.member(1)),
                setAside(),
                "member 0 WRONG_OPENING");
        cheat(
                "two members have one inner layer between them",
                world -> {
                    world.member(0).cheat = sharedOnion(world);
                    world.member(1).cheat = sharedOnion(world);
                },
                setAside(),
                "member 0 COLLIDING_ITEMS",
                "member 1 COLLIDING_ITEMS");
        cheat(
                "a member falsely says that an item is missing",
                member(0, Cheats.falseMissing()),
                setAside(),
                "member 0 FALSE_COMPLAINT");
        cheat(
                "a member says that an item is missing and does not open",
                member(0, Cheats.member(Cheats.falseMissing(), Cheats.opensNothing())),
                setAside(0));
        cheat(
                "a member signs two enrolments",
                member(0, Cheats.twoEnrolments()),
                opened(3, 6),
                "member 0 TWO_ENROLMENTS");
        cheat(
                "a member sends two equal items",
                member(0, Cheats.items((self, items) -> List.of(items.get(0), items.get(0)))),
                opened(3, 6));
        cheat("a member's tag is wrong", member(0, Cheats.wrongTag()), opened(3, 6), "member 0 WRONG_TAG");
        cheat(
                "a member opens another encapsulation than it sent",
                member(0, Cheats.member(Cheats.wrongTag(), Cheats.opensTagWrongly())),
                opened(3, 6),
                "member 0 WRONG_TAG_OPENING");
        cheat(
                "a member with a wrong tag keeps silent",
                member(0, Cheats.member(Cheats.wrongTag(), Cheats.member(TagOpening.class, (self, o) -> List.of()))),
                opened(3, 6));
        cheat(
                "a server calls a good tag wrong",
                server(2, Cheats.falseComplaint()),
                CheatersTest::voided,
                "server 2 FALSE_TAG_COMPLAINT");
        cheat(
                "a member never confirms",
                member(0, Cheats.member(Confirmation.class, (self, c) -> List.of())),
                world -> {
                    opened(4, 8).accept(world);
                    assertThat(world.server(1)
                                    .opened
                                    .record()
                                    .message()
                                    .expected()
                                    .hex())
                            .isEqualTo("70");
                    SetupWorld.Member late = world.member(0);
                    late.handle(
                            new Frame.Statement(Packet.of(world.server(1).opened.record())));
                    assertThat(late.seat.confirmed()).isFalse();
                });
        return tests;
    }

    /** Both use the same outer seed and core for their first item, and open it. */
    private static SetupWorld.MemberCheat sharedOnion(SetupWorld world) {
        ByteString seed = SetupWorld.seeded("shared");
        SetupWorld.MemberCheat submits = Cheats.items((self, items) -> {
            ShuffleRun run = self.state.live().orElseThrow().terms().shuffle();
            ByteString core = sharedCore(run);
            items.set(
                    0,
                    Onion.layers(run, new ItemRef(self.context.self(), 0), seed.toByteArray(), core)
                            .get(0));
            return items;
        });
        SetupWorld.MemberCheat opens = Cheats.member(
                Opening.class,
                (self, o) -> List.of(
                        new Opening(o.run(), o.member(), o.index(), false, o.sets(), seed, sharedCore(run(world)))));
        return Cheats.member(submits, opens);
    }

    private static ByteString sharedCore(ShuffleRun run) {
        return Onion.core(run, SetupWorld.seeded("shared inner").toByteArray(), new byte[32]);
    }

    @TestFactory
    List<DynamicTest> lateAnswers() {
        cheat(
                "a silent member that answers late is judged then",
                member(0, Cheats.member(Cheats.malformedAt(2), Cheats.opensNothing())),
                world -> {
                    setAside(0).accept(world);
                    SetupWorld.Member late = world.member(0);
                    late.cheat = SetupWorld.MemberCheat.HONEST;
                    answer(world, late);
                    world.servers.forEach(s -> {
                        assertThat(s.found)
                                .singleElement()
                                .satisfies(v -> assertThat(world.name(v)).isEqualTo("member 0 WRONG_OPENING"));
                        assertThat(s.answered).containsExactly(late.context.self());
                    });
                });
        cheat(
                "a victim that answers late clears itself and convicts the server",
                server(2, Cheats.hop(l -> new HopWork.Result.Declared(List.of(2), List.of())))
                        .andThen(w -> w.members.values().forEach(m -> m.cheat = Cheats.opensNothing())),
                world -> {
                    voided(world);
                    SetupWorld.Member victim =
                            world.members.get(world.server(1).voided.setAside().first());
                    victim.cheat = SetupWorld.MemberCheat.HONEST;
                    answer(world, victim);
                    for (int j : List.of(1, 3)) {
                        assertThat(world.server(j).found)
                                .singleElement()
                                .satisfies(v -> assertThat(world.name(v)).isEqualTo("server 2 FALSE_DECLARATION"));
                        assertThat(world.server(j).answered).containsExactly(victim.context.self());
                    }
                });
        return tests;
    }

    private static void answer(SetupWorld world, SetupWorld.Member member) {
        for (Packet<?> packet : member.sent) {
            Signed<?> statement = packet.statement();
            if (statement.message() instanceof Opening) {
                world.servers.forEach(s -> member.sendTo(s, packet));
            }
        }
        world.drain();
    }
}
