package org.plainsong.core.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;

/** Statements about the group itself or a connection (protocol §3; formats, "Group"). */
final class GroupCodec {
    private static final String HTTPS = "https://";

    private GroupCodec() {}

    static void write(CborWriter out, Message.OfGroup message) {
        switch (message) {
            case GroupDefinition m ->
                FieldWriter.map(out, 7)
                        .text(m.name())
                        .text(m.purpose())
                        .bytes(m.nonce())
                        .item(m.policy(), PolicyCodec::write)
                        .list(m.admins(), GroupCodec::write)
                        .uint(m.threshold())
                        .list(m.servers(), GroupCodec::write);
            case RosterEntry m -> RosterCodec.write(out, m);
            case ServerCard m -> FieldWriter.map(out, 1).item(m.server(), GroupCodec::write);
            case Hello m ->
                FieldWriter.map(out, 3)
                        .bytes(m.epoch().value())
                        .bytes(m.member().value())
                        .bytes(m.prev().value());
            case Attach m ->
                FieldWriter.map(out, 5)
                        .bytes(m.group().value())
                        .bytes(m.server().value())
                        .bytes(m.challenge())
                        .flag(m.submits())
                        .uint(m.feedFrom());
            case PeerHello m ->
                FieldWriter.map(out, 7)
                        .bytes(m.group().value())
                        .bytes(m.server().value())
                        .bytes(m.challenge())
                        .uint(m.signsAbove())
                        .uint(m.epoch())
                        .uint(m.entries())
                        .bytes(m.last().value());
        }
    }

    static GroupDefinition definition(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        String name = in.text("name", 1, Limits.GROUP_NAME);
        String purpose = in.prose("purpose", Limits.PURPOSE);
        ByteString nonce = in.exactly("nonce", 32);
        Policy policy = in.item("policy", PolicyCodec::read);
        List<Admin> admins = in.list("admins", 1, Limits.ADMINS, GroupCodec::admin);
        FieldReader.ascending("admins", admins, (a, b) -> a.key().compareTo(b.key()));
        int threshold = in.count("threshold", 1, admins.size());
        List<ServerEntry> servers = in.list("servers", Limits.MIN_SERVERS, Limits.SERVERS, GroupCodec::server);
        Set<PublicKey> keys = new HashSet<>();
        for (int i = 0; i < servers.size(); i++) {
            if (!keys.add(servers.get(i).key())) {
                throw new FormatException("servers[" + i + "].key", "the key of another server");
            }
        }
        return new GroupDefinition(name, purpose, nonce, policy, admins, threshold, servers);
    }

    static ServerCard card(CborReader from) throws FormatException {
        return new ServerCard(FieldReader.map(from, 1).item("server", GroupCodec::server));
    }

    static Hello hello(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 3);
        return new Hello(in.epoch("epoch"), in.member("member"), in.link("prev"));
    }

    static Attach attach(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new Attach(
                in.group("group"),
                in.key("server"),
                in.exactly("challenge", 32),
                in.flag("submits"),
                in.number("feedFrom"));
    }

    static PeerHello peerHello(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 7);
        return new PeerHello(
                in.group("group"),
                in.key("server"),
                in.exactly("challenge", 32),
                in.number("signsAbove"),
                in.number("epoch"),
                in.number("entries"),
                in.link("last"));
    }

    static void write(CborWriter out, Admin admin) {
        FieldWriter.map(out, 2).text(admin.name()).bytes(admin.key().value());
    }

    static Admin admin(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 2);
        return new Admin(in.text("name", 1, Limits.NAME), in.key("key"));
    }

    static void write(CborWriter out, ServerEntry server) {
        FieldWriter.map(out, 5)
                .text(server.name())
                .text(server.operator())
                .bytes(server.key().value())
                .text(server.url())
                .bytes(server.tlsPin());
    }

    static ServerEntry server(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, 5);
        return new ServerEntry(
                in.text("name", 1, Limits.NAME),
                in.text("operator", 1, Limits.NAME),
                in.key("key"),
                url(in.text("url", 0, Limits.URL)),
                in.hash("tlsPin"));
    }

    private static String url(String text) throws FormatException {
        if (!text.startsWith(HTTPS)) {
            throw new FormatException("url", "does not begin with " + HTTPS);
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new FormatException("url", "a character that is not printable ASCII");
        }
        return text;
    }
}
