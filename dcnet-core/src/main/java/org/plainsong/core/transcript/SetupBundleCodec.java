package org.plainsong.core.transcript;

import java.util.ArrayList;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpeningSet;
import org.plainsong.core.wire.CborReader;
import org.plainsong.core.wire.CborWriter;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.Limits;

/**
 * A setup bundle as a blob (protocol §8; formats, "Setup bundle"): CBOR array of ten: the proposal's envelope, then arrays of envelopes (announcements,
 * enrolments, enrolment sets, enrolment checks, tag opening sets), an array of hops (each an array of envelope and list), and arrays of envelopes (chain checks,
 * confirmation sets, inner seeds).
 */
public final class SetupBundleCodec {
    private static final int PARTS = 10;
    /** Of a member two enrolments at most are named by each server. */
    private static final int MOST_ENROLMENTS = 2 * Limits.MEMBERS;

    private SetupBundleCodec() {}

    /** The blob's bytes. */
    public static ByteString encode(SetupBundle bundle) {
        CborWriter out = new CborWriter(1 << 16);
        out.array(PARTS).bytes(Envelopes.encode(bundle.proposal()));
        write(out, bundle.announcements());
        write(out, bundle.enrolments());
        write(out, bundle.sets());
        write(out, bundle.checks());
        write(out, bundle.tagOpenings());
        out.array(bundle.hops().size());
        for (Packet<Hop> hop : bundle.hops()) {
            out.array(2).bytes(Envelopes.encode(hop.statement())).bytes(hop.body());
        }
        write(out, bundle.chainChecks());
        write(out, bundle.confirmations());
        write(out, bundle.seeds());
        return out.toByteString();
    }

    private static void write(CborWriter out, List<? extends Signed<?>> statements) {
        out.array(statements.size());
        statements.forEach(statement -> out.bytes(Envelopes.encode(statement)));
    }

    /**
     * Reads a blob. Says nothing of its being a correct setup: {@link SetupChecks} does.
     *
     * @throws FormatException naming the part, if the bytes are no bundle
     */
    public static SetupBundle decode(ByteString blob) throws FormatException {
        CborReader in = new CborReader(blob);
        in.arrayExact("bundle", PARTS);
        Signed<Proposal> proposal = one(in, "proposal", Proposal.class);
        List<Signed<Announcement>> announcements = many(in, "announcements", Limits.SERVERS, Announcement.class);
        List<Signed<Enrolment>> enrolments = many(in, "enrolments", MOST_ENROLMENTS, Enrolment.class);
        List<Signed<EnrolmentSet>> sets = many(in, "enrolment sets", Limits.SERVERS, EnrolmentSet.class);
        List<Signed<EnrolmentCheck>> checks = many(in, "enrolment checks", Limits.SERVERS, EnrolmentCheck.class);
        List<Signed<TagOpeningSet>> tagOpenings = many(in, "tag openings", Limits.SERVERS, TagOpeningSet.class);
        List<Packet<Hop>> hops = hops(in);
        List<Signed<ChainCheck>> chainChecks = many(in, "chain checks", Limits.SERVERS, ChainCheck.class);
        List<Signed<ConfirmationSet>> confirmations =
                many(in, "confirmation sets", Limits.SERVERS, ConfirmationSet.class);
        List<Signed<InnerSeed>> seeds = many(in, "inner seeds", Limits.SERVERS, InnerSeed.class);
        in.end();
        return new SetupBundle(
                proposal,
                announcements,
                enrolments,
                sets,
                checks,
                tagOpenings,
                hops,
                chainChecks,
                confirmations,
                seeds);
    }

    private static List<Packet<Hop>> hops(CborReader in) throws FormatException {
        int count = in.array("hops", 0, Limits.SERVERS);
        List<Packet<Hop>> hops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            in.arrayExact("hop", 2);
            hops.add(new Packet<>(one(in, "hop", Hop.class), in.bytes("list", 0, Integer.MAX_VALUE)));
        }
        return hops;
    }

    private static <M extends Message> List<Signed<M>> many(CborReader in, String part, int most, Class<M> type)
            throws FormatException {
        int count = in.array(part, 0, most);
        List<Signed<M>> statements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            statements.add(one(in, part, type));
        }
        return statements;
    }

    private static <M extends Message> Signed<M> one(CborReader in, String part, Class<M> type) throws FormatException {
        return Envelopes.decode(in.bytes(part, 1, Limits.ENVELOPE), type);
    }
}
