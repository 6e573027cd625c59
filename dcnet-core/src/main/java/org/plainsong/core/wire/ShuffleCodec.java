package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.Submission;

/** Statements of a shuffle run up to its opening (protocol §4.3; formats, "Shuffle"); those of its trace are with {@link TraceCodec}. */
final class ShuffleCodec {
    private ShuffleCodec() {}

    static void write(CborWriter out, Message.OfShuffle message) {
        switch (message) {
            case Submission m ->
                FieldWriter.map(out, 4)
                        .bytes(m.run().value())
                        .bytes(m.member().value())
                        .uint(m.index())
                        .bytes(m.item());
            case Hop m -> begin(out, 4, m.run(), m.server()).bytes(m.in()).bytes(m.out());
            case ChainCheck m -> begin(out, 3, m.run(), m.server()).bytes(m.chain());
            case Declaration m ->
                begin(out, 5, m.run(), m.server())
                        .bytes(m.in())
                        .numbers(m.malformed())
                        .list(m.equalSets(), ShuffleCodec::writePositions);
            case Confirmation m -> write(out, m);
            case ConfirmationSet m ->
                begin(out, 4, m.run(), m.server()).bytes(m.chain()).envelopes(m.confirmations());
            case InnerSeed m ->
                begin(out, 5, m.run(), m.server())
                        .bytes(m.sets())
                        .bytes(m.seed())
                        .uint(m.timeMillis());
            case Stopped m -> TraceCodec.write(out, m);
            case Link m -> TraceCodec.write(out, m);
            case Opening m -> TraceCodec.write(out, m);
            case OpeningSet m -> TraceCodec.write(out, m);
            case LostSeed m -> TraceCodec.write(out, m);
        }
    }

    /** Begins a server's statement about a run. */
    static FieldWriter begin(CborWriter out, int fields, RunId run, int server) {
        return FieldWriter.map(out, fields).bytes(run.value()).uint(server);
    }

    static Submission submission(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new Submission(
                in.run("run"),
                in.member("member"),
                in.count("index", 0, Limits.NAMES - 1),
                in.bytes("item", 1, Limits.ITEM));
    }

    static Hop hop(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new Hop(in.run("run"), in.server("server"), in.hash("in"), in.hash("out"));
    }

    static ChainCheck chainCheck(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 3);
        return new ChainCheck(in.run("run"), in.server("server"), in.hash("chain"));
    }

    static Declaration declaration(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        RunId run = in.run("run");
        int server = in.server("server");
        ByteString list = in.hash("in");
        List<Integer> malformed = in.positions("malformed", 0, Limits.SLOTS, Limits.SLOTS);
        List<List<Integer>> equalSets = in.list("equalSets", 0, Limits.SLOTS / 2, ShuffleCodec::readPositions);
        FieldReader.ascending("equalSets", equalSets, Comparator.comparing((List<Integer> set) -> set.get(0)));
        if (malformed.isEmpty() && equalSets.isEmpty()) {
            throw new FormatException("malformed", "nothing is declared, here or in equalSets");
        }
        refusePositionsNamedTwice(malformed, equalSets);
        return new Declaration(run, server, list, malformed, equalSets);
    }

    private static void refusePositionsNamedTwice(List<Integer> malformed, List<List<Integer>> equalSets)
            throws FormatException {
        Set<Integer> named = new HashSet<>(malformed);
        for (int i = 0; i < equalSets.size(); i++) {
            for (int k = 0; k < equalSets.get(i).size(); k++) {
                if (!named.add(equalSets.get(i).get(k))) {
                    throw new FormatException("equalSets[" + i + "][" + k + "]", "a position that is declared already");
                }
            }
        }
    }

    private static void writePositions(CborWriter out, List<Integer> positions) {
        out.array(positions.size());
        for (int position : positions) {
            out.uint(position);
        }
    }

    private static List<Integer> readPositions(CborReader from) throws FormatException {
        List<Integer> positions = FieldReader.list(from, "", 2, Limits.SLOTS, i -> i.uintAsInt("", Limits.SLOTS - 1));
        return FieldReader.ascending("", positions);
    }

    private static void write(CborWriter out, Confirmation m) {
        FieldWriter.map(out, 7)
                .bytes(m.run().value())
                .bytes(m.member().value())
                .bytes(m.chain())
                .flag(m.ok())
                .uint(m.index())
                .uint(m.list())
                .envelopes(m.hops());
    }

    static Confirmation confirmation(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        RunId run = in.run("run");
        MemberId member = in.member("member");
        ByteString chain = in.hash("chain");
        boolean ok = in.flag("ok");
        int index = in.count("index", 0, ok ? 0 : Limits.NAMES - 1);
        int list = in.count("list", ok ? 0 : 1, ok ? 0 : Limits.SERVERS);
        List<Signed<Hop>> hops = in.envelopes("hops", ok ? 0 : 1, ok ? 0 : Limits.SERVERS, Hop.class);
        inServerOrder("hops", hops);
        return new Confirmation(run, member, chain, ok, index, list, hops);
    }

    /** Refuses hops that are not those of the servers 1, 2, 3, …. */
    static void inServerOrder(String field, List<Signed<Hop>> hops) throws FormatException {
        for (int i = 0; i < hops.size(); i++) {
            if (hops.get(i).message().server() != i + 1) {
                throw new FormatException(
                        field + "[" + i + "].payload.server", "not " + (i + 1) + ", the chain begins with server 1");
            }
        }
    }

    static ConfirmationSet confirmationSet(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        RunId run = in.run("run");
        int server = in.server("server");
        ByteString chain = in.hash("chain");
        List<Signed<Confirmation>> confirmations = in.envelopes("confirmations", 0, Limits.MEMBERS, Confirmation.class);
        FieldReader.ascending(
                "confirmations",
                confirmations,
                Comparator.comparing(
                        (Signed<Confirmation> each) -> each.message().member()));
        return new ConfirmationSet(run, server, chain, confirmations);
    }

    static InnerSeed innerSeed(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new InnerSeed(
                in.run("run"), in.server("server"), in.hash("sets"), in.exactly("seed", 32), in.number("timeMillis"));
    }
}
