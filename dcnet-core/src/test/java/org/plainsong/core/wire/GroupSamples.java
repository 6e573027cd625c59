package org.plainsong.core.wire;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PolicyDefaults;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;

/** Examples of statements about the group or a connection. */
final class GroupSamples {
    private GroupSamples() {}

    static List<Samples.Sample> all() {
        return List.of(
                Samples.sample("group", definition(), "admin 1", "admin 2", "server 1", "server 2", "server 3"),
                Samples.sample("roster", roster(), "admin 1", "admin 2"),
                Samples.sample("server-card", new ServerCard(server(1)), "server 1"),
                Samples.sample("hello", hello(0), "member 1"),
                Samples.sample(
                        "attach",
                        new Attach(Samples.GROUP, Samples.key("server 2"), Samples.bytes("challenge", 32), true, 1000),
                        "member 1"),
                Samples.sample(
                        "peer-hello",
                        new PeerHello(
                                Samples.GROUP,
                                Samples.key("server 2"),
                                Samples.bytes("challenge", 32),
                                7,
                                7,
                                70_000,
                                Samples.PREV),
                        "server 1"));
    }

    static GroupDefinition definition() {
        List<Admin> admins = Stream.of("admin 1", "admin 2", "admin 3")
                .map(name -> new Admin(name, Samples.key(name)))
                .sorted(Comparator.comparing(Admin::key))
                .toList();
        return new GroupDefinition(
                "Night shift",
                "What the day shift should know.\nNobody asks who wrote it.",
                Samples.bytes("nonce", 32),
                PolicyDefaults.policy(),
                admins,
                2,
                List.of(server(1), server(2), server(3)));
    }

    static ServerEntry server(int number) {
        return new ServerEntry(
                "server " + number,
                "Öperator " + number,
                Samples.key("server " + number),
                "https://s" + number + ".example.org:8443",
                Samples.bytes("tls pin " + number, 32));
    }

    static Hello hello(int member) {
        return new Hello(Samples.EPOCH, Samples.MEMBERS.get(member), Samples.PREV);
    }

    /** An entry with each kind of change once. */
    private static RosterEntry roster() {
        return new RosterEntry(
                Samples.GROUP,
                1,
                Samples.GROUP.value(),
                List.of(
                        new RosterChange.AddMember(
                                Samples.MEMBERS.get(0),
                                Samples.key("member 1"),
                                Samples.bytes("sealing key", 1216),
                                "Zoë"),
                        new RosterChange.SuspendMember(Samples.MEMBERS.get(1)),
                        new RosterChange.RemoveMember(Samples.MEMBERS.get(2)),
                        new RosterChange.ReinstateMember(Samples.MEMBERS.get(3)),
                        new RosterChange.RotateKey(
                                Samples.MEMBERS.get(4),
                                Samples.key("member 5 again"),
                                Samples.bytes("sealing key again", 1216)),
                        new RosterChange.AddServer(server(4)),
                        new RosterChange.RemoveServer(Samples.key("server 3"), Samples.PREV),
                        new RosterChange.AddAdmin(new Admin("admin 4", Samples.key("admin 4")), 3),
                        new RosterChange.RemoveAdmin(Samples.key("admin 3"), 2),
                        new RosterChange.AddAuditor("auditor", Samples.key("auditor")),
                        new RosterChange.SetPolicy(PolicyDefaults.policy())));
    }
}
