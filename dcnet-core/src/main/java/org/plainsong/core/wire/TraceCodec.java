package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;

/** Statements of a shuffle run that ends unopened (protocol §4.3 trace; formats, "Shuffle"). */
final class TraceCodec {
    private static final Comparator<Signed<Opening>> BY_MEMBER_AND_INDEX = Comparator.comparing(
                    (Signed<Opening> opening) -> opening.message().member())
            .thenComparingInt(opening -> opening.message().index());

    private TraceCodec() {}

    static void write(CborWriter out, Stopped m) {
        ShuffleCodec.begin(out, 4, m.run(), m.server()).bytes(m.cause()).list(m.asked(), TraceCodec::write);
    }

    static Stopped stopped(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new Stopped(
                in.run("run"),
                in.server("server"),
                in.hash("cause"),
                FieldReader.ascending("asked", in.list("asked", 0, Limits.SLOTS, TraceCodec::ref)));
    }

    private static void write(CborWriter out, ItemRef ref) {
        FieldWriter.map(out, 2).bytes(ref.member().value()).uint(ref.index());
    }

    private static ItemRef ref(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 2);
        return new ItemRef(in.member("member"), in.count("index", 0, Limits.NAMES - 1));
    }

    static void write(CborWriter out, Link m) {
        ShuffleCodec.begin(out, 4, m.run(), m.server()).numbers(m.outputs()).numbers(m.inputs());
    }

    static Link link(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        RunId run = in.run("run");
        int server = in.server("server");
        List<Integer> outputs = in.positions("outputs", 1, Limits.SLOTS, Limits.SLOTS);
        // One input for two outputs convicts the signer: it has to be readable.
        List<Integer> inputs =
                in.list("inputs", outputs.size(), outputs.size(), i -> i.uintAsInt("", Limits.SLOTS - 1));
        return new Link(run, server, outputs, inputs);
    }

    static void write(CborWriter out, Opening m) {
        FieldWriter.map(out, 7)
                .bytes(m.run().value())
                .bytes(m.member().value())
                .uint(m.index())
                .flag(m.complaint())
                .bytes(m.sets())
                .bytes(m.outerSeed())
                .bytes(m.core());
    }

    static Opening opening(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        RunId run = in.run("run");
        MemberId member = in.member("member");
        int index = in.count("index", 0, Limits.NAMES - 1);
        boolean complaint = in.flag("complaint");
        ByteString sets = in.hash("sets");
        ByteString outerSeed = in.exactly("outerSeed", 32);
        return new Opening(run, member, index, complaint, sets, outerSeed, in.bytes("core", 1, Limits.ITEM));
    }

    static void write(CborWriter out, OpeningSet m) {
        ShuffleCodec.begin(out, 4, m.run(), m.server()).envelopes(m.openings()).envelopes(m.lost());
    }

    static OpeningSet openingSet(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        RunId run = in.run("run");
        int server = in.server("server");
        List<Signed<Opening>> openings = in.envelopes("openings", 0, Limits.SLOTS, Opening.class);
        FieldReader.ascending("openings", openings, BY_MEMBER_AND_INDEX);
        List<Signed<LostSeed>> lost = in.envelopes("lost", 0, Limits.MEMBERS, LostSeed.class);
        FieldReader.ascending(
                "lost",
                lost,
                Comparator.comparing((Signed<LostSeed> each) -> each.message().member()));
        return new OpeningSet(run, server, openings, lost);
    }

    static void write(CborWriter out, LostSeed m) {
        FieldWriter.map(out, 2).bytes(m.run().value()).bytes(m.member().value());
    }

    static LostSeed lostSeed(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 2);
        return new LostSeed(in.run("run"), in.member("member"));
    }
}
