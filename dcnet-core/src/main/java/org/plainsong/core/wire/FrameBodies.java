package org.plainsong.core.wire;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;

/** The CBOR of those frames that have any: fetch, problem, leaves, setup (formats, "Frames"). */
final class FrameBodies {
    private static final int ENTRIES = 1;
    private static final int ENROLMENT_OF = 2;
    private static final int OF_ATTEMPT = 3;
    private static final int CURRENT_LEAVES = 4;
    private static final int OF_RUN = 5;

    private FrameBodies() {}

    static void write(CborWriter out, Frame.Fetch fetch) {
        switch (fetch) {
            case Frame.Fetch.Entries f -> out.array(2).uint(ENTRIES).uint(f.from());
            case Frame.Fetch.EnrolmentOf f -> out.array(2).uint(ENROLMENT_OF).bytes(f.hash());
            case Frame.Fetch.OfAttempt f -> {
                out.array(4).uint(OF_ATTEMPT).text(f.type());
                FieldWriter.attempt(out, f.at());
                out.uint(f.server());
            }
            case Frame.Fetch.CurrentLeaves f -> out.array(1).uint(CURRENT_LEAVES);
            case Frame.Fetch.OfRun f ->
                out.array(4).uint(OF_RUN).text(f.type()).bytes(f.run().value()).uint(f.server());
        }
    }

    static Frame.Fetch fetch(CborReader in) throws FormatException {
        int count = in.array("", 1, 4);
        int kind = (int) in.uint("kind", ENTRIES, OF_RUN);
        int expected = kind == CURRENT_LEAVES ? 1 : kind == ENTRIES || kind == ENROLMENT_OF ? 2 : 4;
        if (count != expected) {
            throw new FormatException("", count + " entries, kind " + kind + " has " + expected);
        }
        return switch (kind) {
            case ENTRIES -> new Frame.Fetch.Entries(in.uint("from", Limits.NUMBER));
            case ENROLMENT_OF -> new Frame.Fetch.EnrolmentOf(in.bytesExact("hash", 32));
            case OF_ATTEMPT -> ofAttempt(in);
            case CURRENT_LEAVES -> new Frame.Fetch.CurrentLeaves();
            case OF_RUN -> new Frame.Fetch.OfRun(type(in), run(in), server(in));
            default -> throw new IllegalStateException("fetch kind " + kind + " was let through");
        };
    }

    private static Frame.Fetch ofAttempt(CborReader in) throws FormatException {
        String type = type(in);
        try {
            return new Frame.Fetch.OfAttempt(type, FieldReader.attempt(in, 0), server(in));
        } catch (FormatException e) {
            throw e.field().equals("server") ? e : e.in("at");
        }
    }

    private static String type(CborReader in) throws FormatException {
        return MessageType.named(in.text("type", Limits.TYPE))
                .orElseThrow(() -> new FormatException("type", "no message has this type string"))
                .text();
    }

    private static RunId run(CborReader in) throws FormatException {
        return new RunId(in.bytesExact("run", RunId.SIZE));
    }

    private static int server(CborReader in) throws FormatException {
        return (int) in.uint("server", 1, Limits.SERVERS);
    }

    static void write(CborWriter out, Frame.Problem problem) {
        FieldWriter.map(out, 2).text(problem.code()).text(problem.text());
    }

    static Frame.Problem problem(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 2);
        String code = in.text("code", 1, Limits.PROBLEM_CODE);
        if (!code.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            throw new FormatException("code", "a character other than a-z, 0-9 and hyphen");
        }
        return new Frame.Problem(code, in.text("text", 0, Limits.PROBLEM_TEXT));
    }

    static void write(CborWriter out, Frame.Leaves leaves) {
        out.array(3).bytes(leaves.run().value());
        envelopes(out, leaves.hops());
        out.bytes(leaves.leafHashes());
    }

    static Frame.Leaves leaves(CborReader in) throws FormatException {
        in.arrayExact("", 3);
        RunId run = run(in);
        List<Signed<Hop>> hops = FieldReader.list(
                in,
                "hops",
                Limits.MIN_SERVERS,
                Limits.SERVERS,
                each -> Envelopes.read(each.nested("", Limits.ENVELOPE), Hop.class));
        ShuffleCodec.inServerOrder("hops", hops);
        ByteString leafHashes = in.bytes("leafHashes", 0, Limits.SLOTS * 32);
        if (leafHashes.size() % 32 != 0) {
            throw new FormatException("leafHashes", leafHashes.size() + " bytes, not a multiple of 32");
        }
        return new Frame.Leaves(run, hops, leafHashes);
    }

    static void write(CborWriter out, Frame.SetupOffer offer) {
        out.array(2).bytes(Envelopes.encode(offer.proposal()));
        envelopes(out, offer.announcements());
    }

    static Frame.SetupOffer setup(CborReader in) throws FormatException {
        in.arrayExact("", 2);
        Signed<Proposal> proposal;
        try {
            proposal = Envelopes.read(in.nested("", Limits.ENVELOPE), Proposal.class);
        } catch (FormatException e) {
            throw e.in("proposal");
        }
        List<Signed<Announcement>> announcements = FieldReader.list(
                in,
                "announcements",
                Limits.MIN_SERVERS,
                Limits.SERVERS,
                each -> Envelopes.read(each.nested("", Limits.ENVELOPE), Announcement.class));
        for (int i = 0; i < announcements.size(); i++) {
            if (announcements.get(i).message().server() != i + 1) {
                throw new FormatException("announcements[" + i + "].payload.server", "not " + (i + 1));
            }
        }
        return new Frame.SetupOffer(proposal, announcements);
    }

    private static void envelopes(CborWriter out, List<? extends Signed<?>> signed) {
        out.array(signed.size());
        for (Signed<?> each : signed) {
            out.bytes(Envelopes.encode(each));
        }
    }
}
