package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.Submission;

/** Examples of statements of a shuffle run. */
final class ShuffleSamples {
    private ShuffleSamples() {}

    static List<Samples.Sample> all() {
        return List.of(
                Samples.sample(
                        "submission",
                        new Submission(Samples.RUN, Samples.MEMBERS.get(0), 0, Samples.bytes("item", 200)),
                        "member 1"),
                Samples.sample("hop", hop(2), "server 2"),
                Samples.sample("chain-check", new ChainCheck(Samples.RUN, 1, Samples.bytes("chain", 32)), "server 1"),
                Samples.sample(
                        "declaration",
                        new Declaration(
                                Samples.RUN,
                                2,
                                Samples.bytes("list 1", 32),
                                List.of(0, 5, 300),
                                List.of(List.of(1, 2, 4), List.of(3, 70))),
                        "server 2"),
                Samples.sample("confirmation", ok(0), "member 1"),
                Samples.sample("confirmation of a missing item", missing(1), "member 2"),
                Samples.sample(
                        "confirmation-set",
                        new ConfirmationSet(
                                Samples.RUN,
                                1,
                                Samples.bytes("chain", 32),
                                List.of(Samples.signed(ok(0), "member 1"), Samples.signed(missing(1), "member 2"))),
                        "server 1"),
                Samples.sample(
                        "run-stopped",
                        new Stopped(
                                Samples.RUN,
                                1,
                                Samples.bytes("cause", 32),
                                List.of(
                                        new ItemRef(Samples.MEMBERS.get(0), 2),
                                        new ItemRef(Samples.MEMBERS.get(1), 0),
                                        new ItemRef(Samples.MEMBERS.get(1), 1))),
                        "server 1"),
                Samples.sample(
                        "inner-seed",
                        new InnerSeed(
                                Samples.RUN,
                                1,
                                Samples.bytes("sets", 32),
                                Samples.bytes("inner seed", 32),
                                1_795_000_000_000L),
                        "server 1"),
                Samples.sample("link", new Link(Samples.RUN, 2, List.of(0, 4), List.of(17, 3)), "server 2"),
                Samples.sample("opening", opening(0, 1), "member 1"),
                Samples.sample("opening-set", openingSet(), "server 1"),
                Samples.sample("lost-seed", new LostSeed(Samples.RUN, Samples.MEMBERS.get(2)), "member 3"));
    }

    private static OpeningSet openingSet() {
        return new OpeningSet(
                Samples.RUN,
                1,
                List.of(
                        Samples.signed(opening(0, 0), "member 1"),
                        Samples.signed(opening(0, 1), "member 1"),
                        Samples.signed(opening(1, 0), "member 2")),
                List.of(Samples.signed(new LostSeed(Samples.RUN, Samples.MEMBERS.get(2)), "member 3")));
    }

    static Hop hop(int server) {
        return new Hop(
                Samples.RUN, server, Samples.bytes("list " + (server - 1), 32), Samples.bytes("list " + server, 32));
    }

    static List<Signed<Hop>> hops(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(server -> Samples.signed(hop(server), "server " + server))
                .toList();
    }

    static Confirmation ok(int member) {
        return new Confirmation(
                Samples.RUN, Samples.MEMBERS.get(member), Samples.bytes("chain", 32), true, 0, 0, List.of());
    }

    static Confirmation missing(int member) {
        return new Confirmation(
                Samples.RUN, Samples.MEMBERS.get(member), Samples.bytes("chain", 32), false, 2, 1, hops(2));
    }

    private static Opening opening(int member, int index) {
        return new Opening(
                Samples.RUN,
                Samples.MEMBERS.get(member),
                index,
                true,
                Samples.bytes("cause", 32),
                Samples.bytes("outer seed " + member + " " + index, 32),
                Samples.bytes("core " + member + " " + index, 200));
    }
}
