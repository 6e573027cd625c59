package org.plainsong.core.wire;

import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;

/** The roster log: an entry holds changes, each an array of its kind and a map of its fields (protocol §3; formats, "Roster"). */
final class RosterCodec {
    private static final int KINDS = 11;

    private RosterCodec() {}

    static void write(CborWriter out, RosterEntry m) {
        FieldWriter.map(out, 4)
                .bytes(m.group().value())
                .uint(m.index())
                .bytes(m.prev())
                .list(m.changes(), RosterCodec::write);
    }

    static RosterEntry entry(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 4);
        return new RosterEntry(
                in.group("group"),
                in.number("index", 1, Limits.NUMBER),
                in.hash("prev"),
                in.list("changes", 1, Limits.CHANGES, RosterCodec::change));
    }

    private static void write(CborWriter out, RosterChange change) {
        switch (change) {
            case RosterChange.AddMember c ->
                begin(out, 1, 4)
                        .bytes(c.member().value())
                        .bytes(c.key().value())
                        .bytes(c.sealingKey())
                        .text(c.name());
            case RosterChange.SuspendMember c ->
                begin(out, 2, 1).bytes(c.member().value());
            case RosterChange.RemoveMember c ->
                begin(out, 3, 1).bytes(c.member().value());
            case RosterChange.ReinstateMember c ->
                begin(out, 4, 1).bytes(c.member().value());
            case RosterChange.RotateKey c ->
                begin(out, 5, 3)
                        .bytes(c.member().value())
                        .bytes(c.key().value())
                        .bytes(c.sealingKey());
            case RosterChange.AddServer c -> begin(out, 6, 1).item(c.server(), GroupCodec::write);
            case RosterChange.RemoveServer c ->
                begin(out, 7, 2).bytes(c.server().value()).bytes(c.lastRecord().value());
            case RosterChange.AddAdmin c ->
                begin(out, 8, 2).item(c.admin(), GroupCodec::write).uint(c.threshold());
            case RosterChange.RemoveAdmin c ->
                begin(out, 9, 2).bytes(c.admin().value()).uint(c.threshold());
            case RosterChange.AddAuditor c ->
                begin(out, 10, 2).text(c.name()).bytes(c.key().value());
            case RosterChange.SetPolicy c -> begin(out, 11, 1).item(c.policy(), PolicyCodec::write);
        }
    }

    private static RosterChange change(CborReader from) throws FormatException {
        from.arrayExact("", 2);
        return switch ((int) from.uint("kind", 1, KINDS)) {
            case 1 -> addMember(FieldReader.map(from, 4));
            case 2 -> new RosterChange.SuspendMember(FieldReader.map(from, 1).member("member"));
            case 3 -> new RosterChange.RemoveMember(FieldReader.map(from, 1).member("member"));
            case 4 -> new RosterChange.ReinstateMember(FieldReader.map(from, 1).member("member"));
            case 5 -> rotateKey(FieldReader.map(from, 3));
            case 6 -> new RosterChange.AddServer(FieldReader.map(from, 1).item("server", GroupCodec::server));
            case 7 -> removeServer(FieldReader.map(from, 2));
            case 8 -> addAdmin(FieldReader.map(from, 2));
            case 9 -> removeAdmin(FieldReader.map(from, 2));
            case 10 -> addAuditor(FieldReader.map(from, 2));
            case KINDS -> new RosterChange.SetPolicy(FieldReader.map(from, 1).item("policy", PolicyCodec::read));
            default -> throw new IllegalStateException("a kind beyond " + KINDS + " was let through");
        };
    }

    private static RosterChange addMember(FieldReader in) throws FormatException {
        return new RosterChange.AddMember(
                in.member("member"),
                in.key("key"),
                in.exactly("sealingKey", Limits.XWING_KEY),
                in.text("name", 0, Limits.NAME));
    }

    private static RosterChange rotateKey(FieldReader in) throws FormatException {
        return new RosterChange.RotateKey(
                in.member("member"), in.key("key"), in.exactly("sealingKey", Limits.XWING_KEY));
    }

    private static RosterChange removeServer(FieldReader in) throws FormatException {
        return new RosterChange.RemoveServer(in.key("server"), in.link("lastRecord"));
    }

    private static RosterChange addAdmin(FieldReader in) throws FormatException {
        return new RosterChange.AddAdmin(in.item("admin", GroupCodec::admin), in.count("threshold", 1, Limits.ADMINS));
    }

    private static RosterChange removeAdmin(FieldReader in) throws FormatException {
        return new RosterChange.RemoveAdmin(in.key("admin"), in.count("threshold", 1, Limits.ADMINS));
    }

    private static RosterChange addAuditor(FieldReader in) throws FormatException {
        return new RosterChange.AddAuditor(in.text("name", 1, Limits.NAME), in.key("key"));
    }

    private static FieldWriter begin(CborWriter out, int kind, int fields) {
        return FieldWriter.map(out.array(2).uint(kind), fields);
    }
}
