package org.plainsong.core.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.ServerEntry;

/**
 * What a roster holds while the changes of one entry are applied to it (protocol §3). Mutable, and seen by nobody else until it has become a {@link Roster}.
 *
 * <p>The rules: one key has one owner and one role; a key or id that was a member's never comes back for another; keys are acceptable; names can be shown;
 * 2 to 16 servers with different names and addresses; 1 to 16 admins and a threshold between 1 and their number; a sane policy.
 */
final class RosterDraft {
    private static final int MAX_CHANGES = 256;
    private static final int MAX_NAME = 64;

    final List<ServerEntry> servers = new ArrayList<>();
    final TreeMap<MemberId, RosterMember> members = new TreeMap<>();
    final TreeMap<PublicKey, Admin> admins = new TreeMap<>();
    final TreeMap<PublicKey, RosterAuditor> auditors = new TreeMap<>();
    int threshold;
    Policy policy;

    private final GroupId groupId;
    /** Every key that is or ever was a member's. */
    private final Map<PublicKey, MemberId> memberKeys = new HashMap<>();
    /** Keys of servers, admins and auditors of now. */
    private final Set<PublicKey> otherKeys = new HashSet<>();

    private RosterDraft(GroupId groupId, Policy policy) {
        this.groupId = groupId;
        this.policy = policy;
    }

    static RosterDraft empty(GroupId groupId, Policy policy) {
        return new RosterDraft(groupId, policy);
    }

    RosterDraft copy() {
        RosterDraft copy = new RosterDraft(groupId, policy);
        copy.servers.addAll(servers);
        copy.members.putAll(members);
        copy.admins.putAll(admins);
        copy.auditors.putAll(auditors);
        copy.threshold = threshold;
        copy.memberKeys.putAll(memberKeys);
        copy.otherKeys.addAll(otherKeys);
        return copy;
    }

    /** The member whose key this is or was. */
    @Nullable
    MemberId ownerOf(PublicKey key) {
        return memberKeys.get(key);
    }

    /** Applies the changes in order, up to the first that breaks a rule; what is wrong with it names its position. */
    Optional<GroupProblem> applyAll(List<RosterChange> changes) {
        if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
            return refuse(GroupProblem.Rule.LIMIT, "an entry of " + changes.size() + " changes, 1 to 256 are allowed");
        }
        for (int i = 0; i < changes.size(); i++) {
            int position = i + 1;
            Optional<GroupProblem> problem = apply(changes.get(i));
            if (problem.isPresent()) {
                return problem.map(p -> new GroupProblem(p.rule(), "change " + position + ": " + p.text()));
            }
        }
        return Optional.empty();
    }

    private Optional<GroupProblem> apply(RosterChange change) {
        return switch (change) {
            case RosterChange.AddMember add -> addMember(add);
            case RosterChange.SuspendMember suspend -> move(suspend.member(), MemberState.SUSPENDED);
            case RosterChange.RemoveMember remove -> move(remove.member(), MemberState.REMOVED);
            case RosterChange.ReinstateMember reinstate -> move(reinstate.member(), MemberState.ACTIVE);
            case RosterChange.RotateKey rotate -> rotate(rotate);
            case RosterChange.AddServer add -> putServer(add.server());
            case RosterChange.RemoveServer remove -> removeServer(remove.server());
            case RosterChange.AddAdmin add -> putAdmin(add.admin()).or(() -> setThreshold(add.threshold()));
            case RosterChange.RemoveAdmin remove -> removeAdmin(remove.admin(), remove.threshold());
            case RosterChange.AddAuditor add -> addAuditor(new RosterAuditor(add.name(), add.key()));
            case RosterChange.SetPolicy set -> setPolicy(set.policy());
        };
    }

    private Optional<GroupProblem> addMember(RosterChange.AddMember add) {
        if (!add.member().equals(Roster.memberId(groupId, add.key()))) {
            return refuse(
                    GroupProblem.Rule.MEMBER, "member id " + add.member() + " does not follow from its first key");
        }
        if (members.containsKey(add.member())) {
            return refuse(
                    GroupProblem.Rule.MEMBER,
                    "member " + add.member() + " is or was in the roster: ids never come back");
        }
        long present = members.values().stream()
                .filter(member -> member.state() != MemberState.REMOVED)
                .count();
        if (present >= Roster.MAX_MEMBERS) {
            return refuse(GroupProblem.Rule.LIMIT, "the group has " + present + " members, more are not allowed");
        }
        Optional<GroupProblem> problem = Names.problem("the member's name", add.name(), 0, MAX_NAME, false)
                .or(() -> keyProblem(add.key()))
                .or(() -> sealingKeyProblem(add.sealingKey()));
        if (problem.isEmpty()) {
            memberKeys.put(add.key(), add.member());
            members.put(
                    add.member(),
                    new RosterMember(add.member(), add.key(), add.sealingKey(), add.name(), MemberState.ACTIVE));
        }
        return problem;
    }

    /** Suspends one that is active, reinstates one that is not removed (it may be out by a verdict alone), removes any that is not removed. */
    private Optional<GroupProblem> move(MemberId id, MemberState to) {
        RosterMember member = members.get(id);
        if (member == null) {
            return refuse(GroupProblem.Rule.MEMBER, "member " + id + " is not in the roster");
        }
        boolean allowed = to == MemberState.SUSPENDED
                ? member.state() == MemberState.ACTIVE
                : member.state() != MemberState.REMOVED;
        if (!allowed) {
            return refuse(
                    GroupProblem.Rule.MEMBER, "member " + id + " is " + member.state() + " and cannot become " + to);
        }
        members.put(id, member.in(to));
        return Optional.empty();
    }

    private Optional<GroupProblem> rotate(RosterChange.RotateKey rotate) {
        RosterMember member = members.get(rotate.member());
        if (member == null || member.state() == MemberState.REMOVED) {
            return refuse(GroupProblem.Rule.MEMBER, "member " + rotate.member() + " is not in the roster");
        }
        Optional<GroupProblem> problem = keyProblem(rotate.key()).or(() -> sealingKeyProblem(rotate.sealingKey()));
        if (problem.isEmpty()) {
            memberKeys.put(rotate.key(), rotate.member());
            members.put(rotate.member(), member.with(rotate.key(), rotate.sealingKey()));
        }
        return problem;
    }

    Optional<GroupProblem> putServer(ServerEntry server) {
        if (servers.size() >= Roster.MAX_SERVERS) {
            return refuse(GroupProblem.Rule.SERVER, "the group has " + servers.size() + " servers, 16 are the most");
        }
        if (ServerUrl.parse(server.url()).isEmpty()) {
            return refuse(
                    GroupProblem.Rule.TEXT,
                    "the URL of server " + server.key()
                            + " is not of the form https://host or https://host:port, in lower case and without a path");
        }
        for (ServerEntry other : servers) {
            if (other.name().equals(server.name()) || other.url().equals(server.url())) {
                return refuse(
                        GroupProblem.Rule.SERVER,
                        "servers " + other.key() + " and " + server.key() + " have one name or one URL");
            }
        }
        Optional<GroupProblem> problem = Names.problem("the server's name", server.name(), 1, MAX_NAME, false)
                .or(() -> Names.problem("the server's operator", server.operator(), 1, MAX_NAME, false))
                .or(() -> keyProblem(server.key()));
        if (problem.isEmpty()) {
            otherKeys.add(server.key());
            servers.add(server);
        }
        return problem;
    }

    private Optional<GroupProblem> removeServer(PublicKey key) {
        if (!servers.removeIf(server -> server.key().equals(key))) {
            return refuse(GroupProblem.Rule.SERVER, "there is no server with key " + key);
        }
        otherKeys.remove(key);
        return tooFewServers();
    }

    Optional<GroupProblem> tooFewServers() {
        return servers.size() >= Roster.MIN_SERVERS
                ? Optional.empty()
                : refuse(GroupProblem.Rule.SERVER, servers.size() + " servers are left, 2 are the fewest");
    }

    Optional<GroupProblem> putAdmin(Admin admin) {
        if (admins.size() >= Roster.MAX_ADMINS) {
            return refuse(GroupProblem.Rule.ADMIN, "the group has " + admins.size() + " admins, 16 are the most");
        }
        Optional<GroupProblem> problem = Names.problem("the admin's name", admin.name(), 1, MAX_NAME, false)
                .or(() -> keyProblem(admin.key()));
        if (problem.isEmpty()) {
            otherKeys.add(admin.key());
            admins.put(admin.key(), admin);
        }
        return problem;
    }

    private Optional<GroupProblem> removeAdmin(PublicKey key, int newThreshold) {
        if (admins.remove(key) == null) {
            return refuse(GroupProblem.Rule.ADMIN, "there is no admin with key " + key);
        }
        otherKeys.remove(key);
        return setThreshold(newThreshold);
    }

    Optional<GroupProblem> setThreshold(int newThreshold) {
        if (newThreshold < 1 || newThreshold > admins.size()) {
            return refuse(
                    GroupProblem.Rule.ADMIN,
                    "a threshold of " + newThreshold + " among " + admins.size()
                            + " admins, must be 1 to their number");
        }
        threshold = newThreshold;
        return Optional.empty();
    }

    private Optional<GroupProblem> addAuditor(RosterAuditor auditor) {
        if (auditors.size() >= Roster.MAX_AUDITORS) {
            return refuse(GroupProblem.Rule.AUDITOR, "the group has " + auditors.size() + " auditors, 64 are the most");
        }
        Optional<GroupProblem> problem = Names.problem("the auditor's name", auditor.name(), 1, MAX_NAME, false)
                .or(() -> keyProblem(auditor.key()));
        if (problem.isEmpty()) {
            otherKeys.add(auditor.key());
            auditors.put(auditor.key(), auditor);
        }
        return problem;
    }

    private Optional<GroupProblem> setPolicy(Policy newPolicy) {
        Optional<GroupProblem> problem =
                PolicyRules.problems(newPolicy).stream().findFirst();
        if (problem.isEmpty()) {
            policy = newPolicy;
        }
        return problem;
    }

    private Optional<GroupProblem> keyProblem(PublicKey key) {
        if (otherKeys.contains(key) || memberKeys.containsKey(key)) {
            return refuse(
                    GroupProblem.Rule.KEY, "key " + key + " has an owner already: every role has a key of its own");
        }
        return Ed25519.isAcceptablePublicKey(key.value())
                ? Optional.empty()
                : refuse(GroupProblem.Rule.KEY, "key " + key + " is not an Ed25519 public key that can be accepted");
    }

    private static Optional<GroupProblem> sealingKeyProblem(ByteString key) {
        return XWing.isAcceptablePublicKey(key)
                ? Optional.empty()
                : refuse(GroupProblem.Rule.KEY, "sealing key " + key + " is not an X-Wing public key");
    }

    private static Optional<GroupProblem> refuse(GroupProblem.Rule rule, String text) {
        return Optional.of(new GroupProblem(rule, text));
    }
}
