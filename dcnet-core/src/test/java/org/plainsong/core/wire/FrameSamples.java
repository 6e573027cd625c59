package org.plainsong.core.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;

/** One example of every frame. */
final class FrameSamples {
    /** Frames that are refused, in hexadecimal. */
    static final List<String> BAD = List.of(
            "",
            "00",
            "08",
            "01" + "aa".repeat(31),
            "01" + "aa".repeat(33),
            "02000000",
            "0200000010",
            "02ffffffff",
            "0200000000",
            "030000000000000f",
            "03ffffffffffffffff00",
            "0480",
            "048106",
            "0482040a",
            "0481040a",
            "04821801" + "00",
            "0484036568616c6c6f",
            "05a2016141026161",
            "05a2016161026161" + "00",
            "0680",
            "0780");

    private FrameSamples() {}

    static Map<String, Frame> all() {
        Map<String, Frame> all = new LinkedHashMap<>();
        all.put("challenge", new Frame.Challenge(Samples.bytes("challenge", 32)));
        all.put("statement without body", statement("hello", ByteString.EMPTY));
        all.put("statement with body", statement("header", Samples.bytes("ciphertext", 100)));
        all.put("entry", new Frame.EntryFrame(2, EntryCodec.encode(entry())));
        all.put("fetch entries", new Frame.Fetch.Entries(1000));
        all.put("fetch an enrolment", new Frame.Fetch.EnrolmentOf(Samples.bytes("enrolment hash", 32)));
        all.put("fetch a statement of an attempt", new Frame.Fetch.OfAttempt("reveal", RoundSamples.AT, 3));
        all.put(
                "fetch a statement of a setup",
                new Frame.Fetch.OfAttempt("enrolment-check", new AttemptId(Samples.EPOCH, 0, 0), 3));
        all.put("fetch leaves", new Frame.Fetch.CurrentLeaves());
        all.put("fetch a statement of a run", new Frame.Fetch.OfRun("hop", Samples.RUN, 2));
        all.put("problem", new Frame.Problem("wrong-group", "This server does not host the group; check the link."));
        all.put("leaves", new Frame.Leaves(Samples.RUN, ShuffleSamples.hops(2), Samples.bytes("leaf hashes", 96)));
        all.put(
                "setup",
                new Frame.SetupOffer(
                        Samples.signed(SetupSamples.proposal(), "server 2"),
                        List.of(
                                Samples.signed(SetupSamples.announcement(1), "server 1"),
                                Samples.signed(SetupSamples.announcement(2), "server 2"))));
        return all;
    }

    static Entry entry() {
        return new Entry(
                2,
                Entry.RECORD,
                List.of(Envelopes.encode(Samples.named("record").signed())),
                Samples.bytes("output", 40));
    }

    private static Frame statement(String sample, ByteString body) {
        return new Frame.Statement(new Packet<>(Samples.named(sample).signed(), body));
    }
}
