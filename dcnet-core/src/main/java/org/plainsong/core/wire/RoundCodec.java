package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;

/** Statements of an attempt of a round (protocol §5; formats, "Rounds"). */
final class RoundCodec {
    /** Rounds are counted from 1; a failed statement alone may be about round 0, the setup. */
    private static final int FIRST_ROUND = 1;

    private RoundCodec() {}

    static void write(CborWriter out, Message.OfAttempt message) {
        switch (message) {
            case Header m ->
                FieldWriter.map(out, 5)
                        .attempt(m.at())
                        .bytes(m.prev().value())
                        .bytes(m.layout())
                        .bytes(m.member().value())
                        .bytes(m.ciphertextRoot());
            case Inventory m ->
                FieldWriter.map(out, 7)
                        .attempt(m.at())
                        .bytes(m.prev().value())
                        .uint(m.server())
                        .envelopes(m.headers())
                        .envelopes(m.hellos())
                        .envelopes(m.confirmations())
                        .flag(m.endWish());
            case Commitment m ->
                FieldWriter.map(out, 5)
                        .attempt(m.at())
                        .uint(m.server())
                        .bytes(m.clear())
                        .uint(m.timeMillis())
                        .bytes(m.commitment());
            case Reveal m ->
                FieldWriter.map(out, 5)
                        .attempt(m.at())
                        .uint(m.server())
                        .bytes(m.commitments())
                        .bytes(m.nonce())
                        .bytes(m.shareRoot());
            case Record m -> write(out, m);
            case Failed m ->
                FieldWriter.map(out, 7)
                        .attempt(m.at())
                        .bytes(m.prev().value())
                        .uint(m.server())
                        .bytes(m.inventories())
                        .bytes(m.participants())
                        .bytes(m.expectedNext())
                        .flag(m.revealed());
        }
    }

    static Header header(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Header(
                in.attempt("at", FIRST_ROUND),
                in.link("prev"),
                in.hash("layout"),
                in.member("member"),
                in.hash("ciphertextRoot"));
    }

    static Inventory inventory(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        AttemptId at = in.attempt("at", FIRST_ROUND);
        RecordHash prev = in.link("prev");
        int server = in.server("server");
        List<Signed<Header>> headers = byMember(in, "headers", Header.class, Header::member);
        List<Signed<Hello>> hellos = byMember(in, "hellos", Hello.class, Hello::member);
        List<Signed<Confirmation>> confirmations =
                byMember(in, "confirmations", Confirmation.class, Confirmation::member);
        return new Inventory(at, prev, server, headers, hellos, confirmations, in.flag("endWish"));
    }

    private static <M extends Message> List<Signed<M>> byMember(
            FieldReader in, String field, Class<M> type, Function<M, MemberId> member) throws FormatException {
        return FieldReader.ascending(
                field,
                in.envelopes(field, 0, Limits.MEMBERS, type),
                Comparator.comparing((Signed<M> each) -> member.apply(each.message())));
    }

    static Commitment commitment(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Commitment(
                in.attempt("at", FIRST_ROUND),
                in.server("server"),
                in.hash("clear"),
                in.number("timeMillis"),
                in.hash("commitment"));
    }

    static Reveal reveal(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Reveal(
                in.attempt("at", FIRST_ROUND),
                in.server("server"),
                in.hash("commitments"),
                in.exactly("nonce", 32),
                in.hash("shareRoot"));
    }

    private static void write(CborWriter out, Record m) {
        FieldWriter.map(out, 15)
                .attempt(m.at())
                .bytes(m.prev().value())
                .bytes(m.inventories())
                .bytes(m.participants())
                .bytes(m.expectedNext())
                .numbers(m.confirmed())
                .bytes(m.headerRoot())
                .byteStrings(m.commitments())
                .byteStrings(m.nonces())
                .byteStrings(m.shareRoots())
                .bytes(m.outputRoot())
                .uint(m.timeMillis())
                .flag(m.last())
                .byteStrings(m.entered())
                .byteStrings(m.verdicts());
    }

    static Record record(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 15);
        AttemptId at = in.attempt("at", FIRST_ROUND);
        RecordHash prev = in.link("prev");
        ByteString inventories = in.hash("inventories");
        ByteString participants = in.bytes("participants", 1, Limits.MEMBERS);
        int enrolled = participants.size();
        ByteString expectedNext = in.bits("expectedNext", enrolled);
        List<Integer> confirmed = in.positions("confirmed", 0, enrolled, enrolled);
        ByteString headerRoot = in.hash("headerRoot");
        List<ByteString> commitments = in.byteStrings("commitments", Limits.MIN_SERVERS, Limits.SERVERS, 32);
        int servers = commitments.size();
        attachedToAServer(participants, servers);
        List<ByteString> nonces = in.hashes("nonces", servers);
        List<ByteString> shareRoots = in.hashes("shareRoots", servers);
        ByteString outputRoot = in.hash("outputRoot");
        long time = in.number("timeMillis");
        boolean last = in.flag("last");
        List<ByteString> entered = entered(in, "entered");
        List<ByteString> verdicts = entered(in, "verdicts");
        return new Record(
                at,
                prev,
                inventories,
                participants,
                expectedNext,
                confirmed,
                headerRoot,
                commitments,
                nonces,
                shareRoots,
                outputRoot,
                time,
                last,
                entered,
                verdicts);
    }

    private static List<ByteString> entered(FieldReader in, String field) throws FormatException {
        List<ByteString> hashes = in.byteStrings(field, 0, Limits.ENTERED, 32);
        Set<ByteString> seen = new HashSet<>();
        for (int i = 0; i < hashes.size(); i++) {
            if (!seen.add(hashes.get(i))) {
                throw new FormatException(field + "[" + i + "]", "entered twice");
            }
        }
        return hashes;
    }

    static Failed failed(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        AttemptId at = in.attempt("at", 0);
        RecordHash prev = in.link("prev");
        int server = in.server("server");
        ByteString inventories = in.bytes("inventories", 0, 32);
        boolean knowsAll = !inventories.isEmpty();
        if (knowsAll && inventories.size() != 32) {
            throw new FormatException("inventories", inventories.size() + " bytes, must be 0 or 32");
        }
        if (knowsAll && at.round() == 0) {
            throw new FormatException("inventories", "a setup has no inventories");
        }
        ByteString participants = in.bytes("participants", knowsAll ? 1 : 0, knowsAll ? Limits.MEMBERS : 0);
        attachedToAServer(participants, Limits.SERVERS);
        ByteString expectedNext = in.bits("expectedNext", participants.size());
        boolean revealed = in.flag("revealed");
        if (revealed && !knowsAll) {
            throw new FormatException("revealed", "nobody reveals without all inventories");
        }
        return new Failed(at, prev, server, inventories, participants, expectedNext, revealed);
    }

    /** Refuses participants that are attached to a server that there is not. */
    private static void attachedToAServer(ByteString participants, int servers) throws FormatException {
        for (int i = 0; i < participants.size(); i++) {
            if ((participants.at(i) & 0xff) > servers) {
                throw new FormatException(
                        "participants", "member " + i + " is attached to a server beyond the " + servers);
            }
        }
    }
}
