package org.plainsong.core.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;

/** Samples with one field that is well-formed CBOR and yet not allowed: out of range, out of order, twice, or against another field. */
final class BadSamples {
    private final List<Bad> all = new ArrayList<>();

    private BadSamples() {}

    /**
     * A payload that has to be refused.
     *
     * @param name what is wrong
     * @param type the type under which it is decoded
     * @param payload bytes
     * @param field the field that the error must name
     */
    record Bad(String name, MessageType type, ByteString payload, String field) {
        @Override
        public String toString() {
            return type.text() + ": " + name;
        }
    }

    static List<Bad> all() {
        BadSamples made = new BadSamples();
        made.ofGroup();
        made.ofRoster();
        made.ofSetup();
        made.ofOpeningRecord();
        made.ofShuffle();
        made.ofDeclaration();
        made.ofTrace();
        made.ofAttempt();
        made.ofRecord();
        made.ofFailed();
        return made.all;
    }

    private void ofGroup() {
        GroupDefinition group = (GroupDefinition) Samples.named("group").message();
        bad("no name", "group", "name", "", "group.name");
        bad("a line break in the name", "group", "name", "two\nlines", "group.name");
        bad("101 bytes of name", "group", "name", "n".repeat(101), "group.name");
        bad("1001 bytes of purpose", "group", "purpose", "p".repeat(1001), "group.purpose");
        bad("admins out of order", "group", "admins", reversed(group.admins()), "group.admins[1]");
        bad("an admin twice", "group", "admins", twice(group.admins()), "group.admins[1]");
        bad("no admin", "group", "admins", List.of(), "group.admins");
        bad(
                "17 admins",
                "group",
                "admins",
                Collections.nCopies(17, group.admins().get(0)),
                "group.admins");
        bad("threshold zero", "group", "threshold", 0, "group.threshold");
        bad("threshold above the number of admins", "group", "threshold", 4, "group.threshold");
        bad("one server", "group", "servers", List.of(GroupSamples.server(1)), "group.servers");
        bad("17 servers", "group", "servers", Collections.nCopies(17, GroupSamples.server(1)), "group.servers");
        bad("a server twice", "group", "servers", twice(group.servers()), "group.servers[1].key");
        badServer("no TLS", "url", "http://example.org", "group.servers[0].url");
        badServer("a space in the URL", "url", "https://example.org/ x", "group.servers[0].url");
        badServer("a URL that is not ASCII", "url", "https://exämple.org", "group.servers[0].url");
        badServer("no operator", "operator", "", "group.servers[0].operator");
        Admin unnamed = new Admin("", group.admins().get(0).key());
        bad("an admin without a name", "group", "admins", List.of(unnamed), "group.admins[0].name");
    }

    private void badServer(String name, String component, Object value, String field) {
        ServerEntry server = with(GroupSamples.server(1), component, value);
        bad(name, "group", "servers", List.of(server, GroupSamples.server(2)), field);
    }

    private void ofRoster() {
        RosterEntry roster = (RosterEntry) Samples.named("roster").message();
        bad("index zero", "roster", "index", 0L, "roster.index");
        bad("no change", "roster", "changes", List.of(), "roster.changes");
        bad(
                "257 changes",
                "roster",
                "changes",
                Collections.nCopies(257, roster.changes().get(1)),
                "roster.changes");
        String payload = MessageCodec.encode(
                        with(roster, "changes", List.of(roster.changes().get(1))))
                .hex();
        String change = "820" + "2a10150";
        add(
                "a kind of change that there is not",
                MessageType.ROSTER,
                payload.replace(change, "820" + "ca10150"),
                "roster.changes[0].kind");
        add(
                "a change of kind zero",
                MessageType.ROSTER,
                payload.replace(change, "820" + "0a10150"),
                "roster.changes[0].kind");
    }

    private void ofSetup() {
        bad("epoch zero", "proposal", "epoch", 0L, "proposal.epoch");
        bad("members out of order", "proposal", "eligible", reversed(Samples.MEMBERS), "proposal.eligible[1]");
        bad("a member twice", "proposal", "eligible", twice(Samples.MEMBERS), "proposal.eligible[1]");
        bad("server zero", "announcement", "server", 0, "announcement.server");
        bad("server 17", "announcement", "server", 17, "announcement.server");
        Enrolment enrolment = (Enrolment) Samples.named("enrolment").message();
        bad("a tag too many", "enrolment", "tags", Samples.each("tag", 3, 32), "enrolment.tags");
        bad("no item", "enrolment", "items", List.of(), "enrolment.items");
        bad(
                "nine items",
                "enrolment",
                "items",
                Collections.nCopies(9, enrolment.items().get(0)),
                "enrolment.items");
        bad("a long item", "enrolment", "items", Samples.each("item", 1, 4561), "enrolment.items[0]");
        EnrolmentSet set = (EnrolmentSet) Samples.named("enrolment-set").message();
        bad("entries out of order", "enrolment-set", "entries", reversed(set.entries()), "enrolment-set.entries[1]");
        bad("an entry twice", "enrolment-set", "entries", twice(set.entries()), "enrolment-set.entries[1]");
        bad(
                "complaints twice",
                "enrolment-check",
                "complaints",
                twice(Samples.MEMBERS),
                "enrolment-check.complaints[1]");
        bad("server 17", "tag-opening", "server", 17, "tag-opening.server");
    }

    private void ofOpeningRecord() {
        OpeningRecord opening = (OpeningRecord) Samples.named("opening-record").message();
        bad("epoch zero", "opening-record", "epochNumber", 0L, "opening-record.epochNumber");
        bad("two roots", "opening-record", "roots", Samples.each("root", 2, 32), "opening-record.roots");
        bad("slots out of order", "opening-record", "slots", reversed(opening.slots()), "opening-record.slots[1]");
        bad("a slot twice", "opening-record", "slots", twice(opening.slots()), "opening-record.slots[1]");
        bad(
                "a bit beyond the enrolled",
                "opening-record",
                "expected",
                ByteString.fromHex("f7c0"),
                "opening-record.expected");
        bad("too few bits", "opening-record", "expected", ByteString.fromHex("f7"), "opening-record.expected");
        bad("a time above 2^53", "opening-record", "timeMillis", 1L << 53, "opening-record.timeMillis");
    }

    private void ofShuffle() {
        bad("index 8", "submission", "index", 8, "submission.index");
        bad("no item", "submission", "item", ByteString.EMPTY, "submission.item");
        bad("65,537 bytes of item", "submission", "item", Samples.bytes("long", 65_537), "submission.item");
        bad("an index with ok", "confirmation", "index", 1, "confirmation.index");
        bad("a list with ok", "confirmation", "list", 1, "confirmation.list");
        bad("a chain with ok", "confirmation", "hops", ShuffleSamples.hops(1), "confirmation.hops");
        String missing = "confirmation of a missing item";
        bad("no list", missing, "list", 0, "confirmation.list");
        bad("no chain", missing, "hops", List.of(), "confirmation.hops");
        bad(
                "a chain out of order",
                missing,
                "hops",
                reversed(ShuffleSamples.hops(2)),
                "confirmation.hops[0].payload.server");
        bad(
                "a chain from the middle",
                missing,
                "hops",
                ShuffleSamples.hops(2).subList(1, 2),
                "confirmation.hops[0].payload.server");
        Signed<Confirmation> first = Samples.signed(ShuffleSamples.ok(0), "member 1");
        bad(
                "a member twice",
                "confirmation-set",
                "confirmations",
                List.of(first, first),
                "confirmation-set.confirmations[1]");
        bad(
                "another message",
                "confirmation-set",
                "confirmations",
                ShuffleSamples.hops(1),
                "confirmation-set.confirmations[0].type");
    }

    private void ofDeclaration() {
        Declaration declaration = (Declaration) Samples.named("declaration").message();
        Message nothing = with(with(declaration, "malformed", List.of()), "equalSets", List.of());
        add("nothing", MessageType.DECLARATION, MessageCodec.encode(nothing).hex(), "declaration.malformed");
        bad("positions out of order", "declaration", "malformed", List.of(6, 5), "declaration.malformed[1]");
        bad("a position twice", "declaration", "malformed", List.of(5, 5), "declaration.malformed[1]");
        bad("a position beyond every list", "declaration", "malformed", List.of(32_768), "declaration.malformed[0]");
        bad("a set of one", "declaration", "equalSets", List.of(List.of(7)), "declaration.equalSets[0]");
        bad("a set out of order", "declaration", "equalSets", List.of(List.of(8, 7)), "declaration.equalSets[0][1]");
        bad(
                "sets out of order",
                "declaration",
                "equalSets",
                List.of(List.of(8, 9), List.of(6, 7)),
                "declaration.equalSets[1]");
        bad(
                "a position in two sets",
                "declaration",
                "equalSets",
                List.of(List.of(6, 9), List.of(8, 9)),
                "declaration.equalSets[1][1]");
        bad(
                "a malformed item in a set",
                "declaration",
                "equalSets",
                List.of(List.of(5, 9)),
                "declaration.equalSets[0][0]");
    }

    private void ofTrace() {
        Stopped stopped = (Stopped) Samples.named("run-stopped").message();
        bad("an item twice", "run-stopped", "asked", twice(stopped.asked()), "run-stopped.asked[1]");
        bad("items out of order", "run-stopped", "asked", reversed(stopped.asked()), "run-stopped.asked[1]");
        bad("no output", "link", "outputs", List.of(), "link.outputs");
        bad("an output twice", "link", "outputs", List.of(4, 4), "link.outputs[1]");
        bad("an input too many", "link", "inputs", List.of(4, 5, 6), "link.inputs");
        bad("an input beyond every list", "link", "inputs", List.of(4, 32_768), "link.inputs[1]");
        bad("no core", "opening", "core", ByteString.EMPTY, "opening.core");
        OpeningSet openings = (OpeningSet) Samples.named("opening-set").message();
        bad(
                "openings out of order",
                "opening-set",
                "openings",
                reversed(openings.openings()),
                "opening-set.openings[1]");
        bad("a lost seed twice", "opening-set", "lost", twice(openings.lost()), "opening-set.lost[1]");
    }

    private void ofAttempt() {
        bad("round zero", "header", "at", new AttemptId(Samples.EPOCH, 0, 0), "header.at.round");
        bad("a round above 2^53", "header", "at", new AttemptId(Samples.EPOCH, 1L << 53, 0), "header.at.round");
        Inventory inventory = RoundSamples.inventory();
        bad("headers out of order", "inventory", "headers", reversed(inventory.headers()), "inventory.headers[1]");
        bad("a header twice", "inventory", "headers", twice(inventory.headers()), "inventory.headers[1]");
        bad("hellos out of order", "inventory", "hellos", reversed(inventory.hellos()), "inventory.hellos[1]");
        bad("a hello as header", "inventory", "headers", inventory.hellos(), "inventory.headers[0].type");
        Signed<Header> two = Samples.signed(RoundSamples.header(0), "member 1", "member 2");
        bad("a header of two", "inventory", "headers", List.of(two), "inventory.headers[0].signatures");
        Header late = with(RoundSamples.header(1), "at", new AttemptId(Samples.EPOCH, 0, 0));
        bad(
                "a header of round zero within",
                "inventory",
                "headers",
                List.of(inventory.headers().get(0), Samples.signed(late, "member 2")),
                "inventory.headers[1].payload.at.round");
        bad("server 17", "reveal", "server", 17, "reveal.server");
        bad("a time above 2^53", "commitment", "timeMillis", 1L << 53, "commitment.timeMillis");
    }

    private void ofRecord() {
        Record record = RoundSamples.record();
        bad(
                "attached to a fourth server",
                "record",
                "participants",
                ByteString.fromHex("010203010200000401"),
                "record.participants");
        bad("nobody enrolled", "record", "participants", ByteString.EMPTY, "record.participants");
        bad("a bit beyond the enrolled", "record", "expectedNext", ByteString.fromHex("f9c0"), "record.expectedNext");
        bad("confirmed out of order", "record", "confirmed", List.of(8, 4), "record.confirmed[1]");
        bad("confirmed beyond the enrolled", "record", "confirmed", List.of(4, 9), "record.confirmed[1]");
        bad("one commitment", "record", "commitments", Samples.each("commitment", 1, 32), "record.commitments");
        bad("a nonce too few", "record", "nonces", Samples.each("nonce", 2, 32), "record.nonces");
        bad("a share too many", "record", "shareRoots", Samples.each("share root", 4, 32), "record.shareRoots");
        bad("a record entered twice", "record", "entered", twice(record.entered()), "record.entered[1]");
        bad("257 verdicts", "record", "verdicts", Samples.each("verdict", 257, 32), "record.verdicts");
        bad("round zero", "record", "at", new AttemptId(Samples.EPOCH, 0, 0), "record.at.round");
    }

    private void ofFailed() {
        ByteString hash = Samples.bytes("inventories", 32);
        bad("a short hash", "failed", "inventories", hash.slice(0, 31), "failed.inventories");
        bad("participants without inventories", "failed", "inventories", ByteString.EMPTY, "failed.participants");
        bad("inventories without participants", "failed", "participants", ByteString.EMPTY, "failed.participants");
        bad("server 17", "failed", "participants", ByteString.fromHex("110203010200000301"), "failed.participants");
        bad("inventories of a setup", "failed setup", "inventories", hash, "failed.inventories");
        bad(
                "a second attempt of a setup",
                "failed setup",
                "at",
                new AttemptId(Samples.EPOCH, 0, 1),
                "failed.at.attempt");
        bad("revealed in a setup", "failed setup", "revealed", true, "failed.revealed");
    }

    private void bad(String name, String sample, String component, Object value, String field) {
        Message message = with(Samples.named(sample).message(), component, value);
        add(
                name,
                MessageType.of(message.getClass()),
                MessageCodec.encode(message).hex(),
                field);
    }

    private void add(String name, MessageType type, String payload, String field) {
        all.add(new Bad(name, type, ByteString.fromHex(payload), field));
    }

    private static <T> List<T> reversed(List<T> values) {
        return values.reversed();
    }

    /** The first entry, then the first again, then the others. */
    private static <T> List<T> twice(List<T> values) {
        List<T> twice = new ArrayList<>(values);
        twice.add(0, values.get(0));
        return twice;
    }

    /** The same record with one component changed. */
    @SuppressWarnings("unchecked")
    static <R> R with(R record, String component, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean changed = components[i].getName().equals(component);
            values[i] = changed ? value : CborNode.component((java.lang.Record) record, i);
        }
        try {
            Constructor<?> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass() + " with another " + component, e);
        }
    }
}
