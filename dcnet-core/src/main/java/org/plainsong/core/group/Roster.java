package org.plainsong.core.group;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Labels;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * Who belongs to a group and by which rules it runs, after some number of entries of its roster log: an immutable fold (protocol §3).
 *
 * <p>An entry holds if it belongs to this group, follows on the entry before, carries good signatures of at least t current admins and of nobody else, and
 * if each of its changes, in order, keeps the rules of {@link RosterDraft}.
 */
public final class Roster {
    /** Most members that are not removed (contract with the limits of the wire). */
    public static final int MAX_MEMBERS = 4096;
    /** Fewest servers. */
    public static final int MIN_SERVERS = 2;
    /** Most servers. */
    public static final int MAX_SERVERS = 16;
    /** Most admins. */
    public static final int MAX_ADMINS = 16;
    /** Most auditors. */
    public static final int MAX_AUDITORS = 64;

    private final GroupId groupId;
    private final GroupDefinition definition;
    private final long index;
    private final ByteString hash;
    private final RosterDraft content;

    Roster(GroupId groupId, GroupDefinition definition, long index, ByteString hash, RosterDraft content) {
        this.groupId = groupId;
        this.definition = definition;
        this.index = index;
        this.hash = hash;
        this.content = content;
    }

    /** Id of a group: SHA-256 of the payload of its definition. */
    public static GroupId groupId(Signed<GroupDefinition> definition) {
        return new GroupId(Hash.sha256(definition.payload()));
    }

    /** Id of the member whose first key this is: it stays the same when the key changes. */
    public static MemberId memberId(GroupId group, PublicKey firstKey) {
        return new MemberId(
                Hash.labelled(Labels.MEMBER_ID, group.value(), firstKey.value()).slice(0, MemberId.SIZE));
    }

    /** The roster at the beginning: no members yet. The definition is signed by at least t admins and every server, and by nobody else. */
    public static RosterOutcome genesis(Signed<GroupDefinition> definition, SignatureCheck check) {
        return Genesis.of(definition, check);
    }

    /** The roster after one more entry of the log. */
    public RosterOutcome apply(Signed<RosterEntry> entry, SignatureCheck check) {
        Optional<GroupProblem> problem = linkProblem(entry.message())
                .or(() -> Signatories.problem(entry, content.admins.keySet(), content.threshold, List.of(), check));
        if (problem.isPresent()) {
            return new RosterOutcome.Refused(problem.get());
        }
        RosterDraft draft = content.copy();
        return draft.applyAll(entry.message().changes())
                .<RosterOutcome>map(RosterOutcome.Refused::new)
                .orElseGet(() -> new RosterOutcome.Accepted(
                        new Roster(groupId, definition, index + 1, Hash.sha256(entry.payload()), draft)));
    }

    private Optional<GroupProblem> linkProblem(RosterEntry entry) {
        if (!entry.group().equals(groupId)) {
            return link("the entry belongs to group " + entry.group() + ", this is group " + groupId);
        }
        if (entry.index() != index + 1) {
            return link("the entry has index " + entry.index() + ", the next one is " + (index + 1));
        }
        if (!entry.prev().equals(hash)) {
            return link("entry " + entry.index() + " follows on " + entry.prev() + ", the last entry here is " + hash);
        }
        return Optional.empty();
    }

    private static Optional<GroupProblem> link(String text) {
        return Optional.of(new GroupProblem(GroupProblem.Rule.LINK, text));
    }

    /** The group. */
    public GroupId groupId() {
        return groupId;
    }

    /** The definition that the group began with; what changed since is in the other methods. */
    public GroupDefinition definition() {
        return definition;
    }

    /** Index of the last entry, 0 if there is none. */
    public long index() {
        return index;
    }

    /** Hash of the last entry's payload, the group id if there is none. */
    public ByteString hash() {
        return hash;
    }

    /** The rules in force. */
    public Policy policy() {
        return content.policy;
    }

    /** The servers; server number n stands at position n - 1. */
    public List<ServerEntry> servers() {
        return List.copyOf(content.servers);
    }

    /** Number of servers, M. */
    public int serverCount() {
        return content.servers.size();
    }

    /** The server with this number, 1..M. */
    public ServerEntry server(int number) {
        return content.servers.get(number - 1);
    }

    /** Number of the server with this key, if it is one. */
    public Optional<Integer> serverNumber(PublicKey key) {
        for (int number = 1; number <= content.servers.size(); number++) {
            if (server(number).key().equals(key)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    /** Every member that ever was, by id, ascending. */
    public SortedMap<MemberId, RosterMember> members() {
        return Collections.unmodifiableSortedMap(content.members);
    }

    /** The member with this id, whatever its state. */
    public Optional<RosterMember> member(MemberId id) {
        return Optional.ofNullable(content.members.get(id));
    }

    /** The current signing key of a member that has not been removed. */
    public Optional<PublicKey> memberKey(MemberId id) {
        return member(id)
                .filter(member -> member.state() != MemberState.REMOVED)
                .map(RosterMember::key);
    }

    /** The member that signs with this key now and has not been removed. */
    public Optional<RosterMember> memberByKey(PublicKey key) {
        return Optional.ofNullable(content.ownerOf(key))
                .flatMap(this::member)
                .filter(member -> member.key().equals(key) && member.state() != MemberState.REMOVED);
    }

    /** Ids of the members that take part in new epochs, ascending. */
    public List<MemberId> eligible() {
        return content.members.values().stream()
                .filter(member -> member.state() == MemberState.ACTIVE)
                .map(RosterMember::id)
                .toList();
    }

    /** The admins, ascending by key. */
    public Collection<Admin> admins() {
        return List.copyOf(content.admins.values());
    }

    /** How many admins have to sign an entry. */
    public int threshold() {
        return content.threshold;
    }

    /** The auditors, ascending by key. */
    public Collection<RosterAuditor> auditors() {
        return List.copyOf(content.auditors.values());
    }
}
