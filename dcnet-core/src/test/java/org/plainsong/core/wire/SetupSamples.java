package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;

/** Examples of statements that make an epoch. */
final class SetupSamples {
    private SetupSamples() {}

    static List<Samples.Sample> all() {
        return List.of(
                Samples.sample("proposal", proposal(), "server 2"),
                Samples.sample("announcement", announcement(1), "server 1"),
                Samples.sample("enrolment", enrolment(), "member 1"),
                Samples.sample("enrolment-set", enrolmentSet(), "server 1"),
                Samples.sample(
                        "enrolment-check",
                        new EnrolmentCheck(Samples.EPOCH, 3, Samples.bytes("union", 32), Samples.MEMBERS.subList(2, 4)),
                        "server 3"),
                Samples.sample("tag-opening", tagOpening(0, 3), "member 1"),
                Samples.sample(
                        "tag-opening-set",
                        new TagOpeningSet(
                                Samples.EPOCH,
                                1,
                                List.of(
                                        Samples.signed(tagOpening(0, 2), "member 1"),
                                        Samples.signed(tagOpening(0, 3), "member 1"),
                                        Samples.signed(tagOpening(1, 1), "member 2"))),
                        "server 1"),
                Samples.sample("opening-record", openingRecord(), "server 1", "server 2", "server 3"));
    }

    static Proposal proposal() {
        return new Proposal(Samples.GROUP, 1, Samples.bytes("roster", 32), Samples.MEMBERS, Samples.PREV);
    }

    static Announcement announcement(int server) {
        return new Announcement(
                Samples.EPOCH,
                server,
                Samples.bytes("pad key " + server, 1216),
                Samples.bytes("outer key " + server, 1216),
                Samples.bytes("inner key " + server, 1216));
    }

    /** Two servers and one name, to keep it short. */
    private static Enrolment enrolment() {
        return new Enrolment(
                Samples.EPOCH,
                Samples.bytes("announcements", 32),
                Samples.MEMBERS.get(0),
                Samples.each("encapsulation", 2, 1120),
                Samples.each("tag", 2, 32),
                Samples.each("item", 1, 1120 * 2 + 32 + 16 + 1136 * 2));
    }

    private static EnrolmentSet enrolmentSet() {
        ByteString low = ByteString.fromHex("00".repeat(32));
        ByteString high = ByteString.fromHex("ff".repeat(32));
        return new EnrolmentSet(
                Samples.EPOCH,
                1,
                List.of(
                        new EnrolmentRef(Samples.MEMBERS.get(0), high),
                        new EnrolmentRef(Samples.MEMBERS.get(1), low),
                        new EnrolmentRef(Samples.MEMBERS.get(1), high),
                        new EnrolmentRef(Samples.MEMBERS.get(2), low)));
    }

    private static TagOpening tagOpening(int member, int server) {
        return new TagOpening(
                Samples.EPOCH,
                Samples.MEMBERS.get(member),
                server,
                Samples.bytes("randomness " + member + " " + server, 64));
    }

    private static OpeningRecord openingRecord() {
        List<PublicKey> slots = Stream.iterate(1, i -> i + 1)
                .limit(4)
                .map(i -> Samples.key("slot " + i))
                .sorted(Comparator.naturalOrder())
                .toList();
        return new OpeningRecord(
                Samples.GROUP,
                1,
                Samples.EPOCH,
                Samples.PREV,
                Samples.MEMBERS,
                Samples.bytes("union", 32),
                Samples.RUN,
                Samples.each("root", 4, 32),
                Samples.bytes("confirmations", 32),
                slots,
                ByteString.fromHex("f780"),
                1_795_000_000_000L);
    }
}
