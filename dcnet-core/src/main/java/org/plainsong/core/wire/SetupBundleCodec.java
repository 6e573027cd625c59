package org.plainsong.core.wire;

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

/**
 * The setup bundle as a blob (formats "Setup bundle"): a CBOR array of eleven items. The first is the proposal's envelope; then, each as an array of envelopes:
 * announcements, enrolments, enrolment sets, checks, tag opening sets, hops; an array of the hops' lists, each a byte string; then chain checks, confirmation
 * sets and inner seeds.
 */
public final class SetupBundleCodec {
    /** Largest bundle in bytes that is read. */
    public static final int MAX_SIZE = 1 << 30;

    private static final int ITEMS = 11;

    private SetupBundleCodec() {}

    /** The blob's bytes. */
    public static ByteString encode(SetupBundle bundle) {
        CborWriter out = new CborWriter(1 << 16);
        out.array(ITEMS);
        out.bytes(Envelopes.encode(bundle.proposal()));
        write(out, bundle.announcements());
        write(out, bundle.enrolments());
        write(out, bundle.sets());
        write(out, bundle.checks());
        write(out, bundle.tagOpenings());
        write(out, bundle.hops().stream().map(Packet::statement).toList());
        out.array(bundle.hops().size());
        bundle.hops().forEach(hop -> out.bytes(hop.body()));
        write(out, bundle.chainChecks());
        write(out, bundle.confirmations());
        write(out, bundle.seeds());
        return out.toByteString();
    }

    private static void write(CborWriter out, List<? extends Signed<?>> statements) {
        out.array(statements.size());
        statements.forEach(statement -> out.bytes(Envelopes.encode(statement)));
    }

    /** Reads a blob; every envelope in it is read strictly, no signature is checked. */
    public static SetupBundle decode(ByteString blob) throws FormatException {
        CborReader in = new CborReader(blob);
        in.arrayExact("bundle", ITEMS);
        Signed<Proposal> proposal = Envelopes.decode(in.bytes("bundle.proposal", 1, Limits.ENVELOPE), Proposal.class);
        List<Signed<Announcement>> announcements = read(in, "bundle.announcements", Announcement.class, Limits.SERVERS);
        List<Signed<Enrolment>> enrolments = read(in, "bundle.enrolments", Enrolment.class, 2 * Limits.MEMBERS);
        List<Signed<EnrolmentSet>> sets = read(in, "bundle.sets", EnrolmentSet.class, Limits.SERVERS);
        List<Signed<EnrolmentCheck>> checks = read(in, "bundle.checks", EnrolmentCheck.class, Limits.SERVERS);
        List<Signed<TagOpeningSet>> tags = read(in, "bundle.tagOpenings", TagOpeningSet.class, Limits.SERVERS);
        List<Packet<Hop>> hops = hops(in);
        List<Signed<ChainCheck>> chainChecks = read(in, "bundle.chainChecks", ChainCheck.class, Limits.SERVERS);
        List<Signed<ConfirmationSet>> confirmations =
                read(in, "bundle.confirmations", ConfirmationSet.class, Limits.SERVERS);
        List<Signed<InnerSeed>> seeds = read(in, "bundle.seeds", InnerSeed.class, Limits.SERVERS);
        in.end();
        return new SetupBundle(
                proposal, announcements, enrolments, sets, checks, tags, hops, chainChecks, confirmations, seeds);
    }

    private static List<Packet<Hop>> hops(CborReader in) throws FormatException {
        List<Signed<Hop>> statements = read(in, "bundle.hops", Hop.class, Limits.SERVERS);
        in.arrayExact("bundle.lists", statements.size());
        List<Packet<Hop>> hops = new ArrayList<>();
        for (Signed<Hop> statement : statements) {
            hops.add(new Packet<>(statement, in.bytes("bundle.lists", 0, MAX_SIZE)));
        }
        return hops;
    }

    private static <M extends Message> List<Signed<M>> read(CborReader in, String field, Class<M> type, int max)
            throws FormatException {
        int count = in.array(field, 0, max);
        List<Signed<M>> statements = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            statements.add(Envelopes.decode(in.bytes(field, 1, Limits.ENVELOPE), type));
        }
        return statements;
    }
}
