package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.RunId;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;

/** Statements that make an epoch (protocol §4.1; formats, "Setup"). */
final class SetupCodec {
    /** A member may stand twice in an enrolment set, as evidence; a third enrolment would prove nothing more. */
    private static final int ENROLMENTS_EACH = 2;

    private static final Comparator<EnrolmentRef> BY_MEMBER_AND_HASH =
            Comparator.comparing(EnrolmentRef::member).thenComparing(EnrolmentRef::hash);
    private static final Comparator<Signed<TagOpening>> BY_MEMBER_AND_SERVER = Comparator.comparing(
                    (Signed<TagOpening> opening) -> opening.message().member())
            .thenComparingInt(opening -> opening.message().server());

    private SetupCodec() {}

    static void write(CborWriter out, Message.OfSetup message) {
        switch (message) {
            case Proposal m -> write(out, m);
            case Announcement m ->
                FieldWriter.map(out, 5)
                        .bytes(m.epoch().value())
                        .uint(m.server())
                        .bytes(m.padKey())
                        .bytes(m.outerKey())
                        .bytes(m.innerKey());
            case Enrolment m -> write(out, m);
            case EnrolmentSet m ->
                FieldWriter.map(out, 3)
                        .bytes(m.epoch().value())
                        .uint(m.server())
                        .list(m.entries(), SetupCodec::write);
            case EnrolmentCheck m ->
                FieldWriter.map(out, 4)
                        .bytes(m.epoch().value())
                        .uint(m.server())
                        .bytes(m.union())
                        .list(m.complaints(), (o, member) -> o.bytes(member.value()));
            case TagOpening m ->
                FieldWriter.map(out, 4)
                        .bytes(m.epoch().value())
                        .bytes(m.member().value())
                        .uint(m.server())
                        .bytes(m.randomness());
            case TagOpeningSet m ->
                FieldWriter.map(out, 3)
                        .bytes(m.epoch().value())
                        .uint(m.server())
                        .envelopes(m.openings());
            case OpeningRecord m -> write(out, m);
        }
    }

    private static void write(CborWriter out, Proposal m) {
        FieldWriter.map(out, 5)
                .bytes(m.group().value())
                .uint(m.epoch())
                .bytes(m.roster())
                .list(m.eligible(), (o, member) -> o.bytes(member.value()))
                .bytes(m.prev().value());
    }

    static Proposal proposal(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Proposal(
                in.group("group"),
                in.number("epoch", 1, Limits.NUMBER),
                in.hash("roster"),
                in.members("eligible"),
                in.link("prev"));
    }

    static Announcement announcement(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Announcement(
                in.epoch("epoch"),
                in.server("server"),
                in.exactly("padKey", Limits.XWING_KEY),
                in.exactly("outerKey", Limits.XWING_KEY),
                in.exactly("innerKey", Limits.XWING_KEY));
    }

    private static void write(CborWriter out, Enrolment m) {
        FieldWriter.map(out, 6)
                .bytes(m.epoch().value())
                .bytes(m.announcements())
                .bytes(m.member().value())
                .byteStrings(m.encapsulations())
                .byteStrings(m.tags())
                .byteStrings(m.items());
    }

    static Enrolment enrolment(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 6);
        EpochId epoch = in.epoch("epoch");
        ByteString announcements = in.hash("announcements");
        MemberId member = in.member("member");
        List<ByteString> encapsulations =
                in.byteStrings("encapsulations", Limits.MIN_SERVERS, Limits.SERVERS, Limits.XWING_CIPHERTEXT);
        int servers = encapsulations.size();
        List<ByteString> tags = in.hashes("tags", servers);
        List<ByteString> items = in.byteStrings("items", 1, Limits.NAMES, Limits.setupItem(servers));
        return new Enrolment(epoch, announcements, member, encapsulations, tags, items);
    }

    private static void write(CborWriter out, EnrolmentRef ref) {
        FieldWriter.map(out, 2).bytes(ref.member().value()).bytes(ref.hash());
    }

    private static EnrolmentRef ref(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 2);
        return new EnrolmentRef(in.member("member"), in.hash("hash"));
    }

    static EnrolmentSet enrolmentSet(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 3);
        EpochId epoch = in.epoch("epoch");
        int server = in.server("server");
        List<EnrolmentRef> entries = in.list("entries", 0, ENROLMENTS_EACH * Limits.MEMBERS, SetupCodec::ref);
        FieldReader.ascending("entries", entries, BY_MEMBER_AND_HASH);
        for (int i = ENROLMENTS_EACH; i < entries.size(); i++) {
            if (entries.get(i).member().equals(entries.get(i - ENROLMENTS_EACH).member())) {
                throw new FormatException("entries[" + i + "].member", "more than twice");
            }
        }
        return new EnrolmentSet(epoch, server, entries);
    }

    static EnrolmentCheck enrolmentCheck(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new EnrolmentCheck(in.epoch("epoch"), in.server("server"), in.hash("union"), in.members("complaints"));
    }

    static TagOpening tagOpening(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new TagOpening(
                in.epoch("epoch"), in.member("member"), in.server("server"), in.exactly("randomness", 64));
    }

    static TagOpeningSet tagOpeningSet(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 3);
        EpochId epoch = in.epoch("epoch");
        int server = in.server("server");
        List<Signed<TagOpening>> openings =
                in.envelopes("openings", 0, Limits.MEMBERS * Limits.SERVERS, TagOpening.class);
        FieldReader.ascending("openings", openings, BY_MEMBER_AND_SERVER);
        return new TagOpeningSet(epoch, server, openings);
    }

    private static void write(CborWriter out, OpeningRecord m) {
        FieldWriter.map(out, 12)
                .bytes(m.group().value())
                .uint(m.epochNumber())
                .bytes(m.epoch().value())
                .bytes(m.prev().value())
                .list(m.enrolled(), (o, member) -> o.bytes(member.value()))
                .bytes(m.union())
                .bytes(m.run().value())
                .byteStrings(m.roots())
                .bytes(m.confirmations())
                .list(m.slots(), (o, slot) -> o.bytes(slot.value()))
                .bytes(m.expected())
                .uint(m.timeMillis());
    }

    static OpeningRecord openingRecord(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 12);
        GroupId group = in.group("group");
        long number = in.number("epochNumber", 1, Limits.NUMBER);
        EpochId epoch = in.epoch("epoch");
        RecordHash prev = in.link("prev");
        List<MemberId> enrolled = in.members("enrolled");
        ByteString union = in.hash("union");
        RunId run = in.run("run");
        List<ByteString> roots = in.byteStrings("roots", Limits.MIN_SERVERS + 1, Limits.SERVERS + 1, 32);
        ByteString confirmations = in.hash("confirmations");
        List<PublicKey> slots = in.list("slots", 0, Limits.SLOTS, i -> new PublicKey(i.bytesExact("", PublicKey.SIZE)));
        FieldReader.ascending("slots", slots);
        ByteString expected = in.bits("expected", enrolled.size());
        long time = in.number("timeMillis");
        return new OpeningRecord(
                group, number, epoch, prev, enrolled, union, run, roots, confirmations, slots, expected, time);
    }
}
