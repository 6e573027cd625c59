package org.plainsong.core.transcript;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.plainsong.core.epoch.Parties;
import org.plainsong.core.epoch.SetupAudit;
import org.plainsong.core.epoch.SetupBundle;
import org.plainsong.core.epoch.SetupFault;
import org.plainsong.core.epoch.SetupGround;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;

/** The setup behind an opening record, as the numbered checks T60 to T69 (protocol §4.1, §4.3). */
public final class SetupChecks {
    private static final List<Check> ALL = List.of(
            Check.T60_PROPOSAL,
            Check.T61_ANNOUNCEMENTS,
            Check.T62_ENROLMENTS,
            Check.T63_TAGS,
            Check.T64_LISTS,
            Check.T65_HOPS,
            Check.T66_CONFIRMATIONS,
            Check.T67_INNER_SEEDS,
            Check.T68_SLOT_KEYS,
            Check.T69_OPENED);

    private SetupChecks() {}

    /** All of these checks. */
    public static List<Check> all() {
        return ALL;
    }

    /**
     * The first of these checks that a bundle does not pass.
     *
     * @param before the chain before the opening record's entry
     * @param opened the epoch that the record opens
     */
    public static Optional<Finding> finding(
            SetupBundle bundle, Chain before, OpenedEpoch opened, SignatureCheck signatures) {
        return SetupAudit.fault(bundle, ground(before, opened, signatures))
                .map(fault -> check(fault.step()).finding("epoch " + opened.number() + ": " + fault.what()));
    }

    private static SetupGround ground(Chain before, OpenedEpoch opened, SignatureCheck signatures) {
        Roster roster = opened.roster();
        TreeMap<MemberId, PublicKey> members = new TreeMap<>();
        for (MemberId id : roster.eligible()) {
            roster.memberKey(id).ifPresent(key -> members.put(id, key));
        }
        Parties parties =
                new Parties(roster.servers().stream().map(ServerEntry::key).toList(), members);
        return new SetupGround(
                roster.groupId(),
                roster.hash(),
                roster.policy(),
                parties,
                before.prev(),
                before.timeMillis(),
                opened.opening(),
                signatures);
    }

    private static Check check(SetupFault.Step step) {
        return switch (step) {
            case PROPOSAL -> Check.T60_PROPOSAL;
            case ANNOUNCEMENTS -> Check.T61_ANNOUNCEMENTS;
            case ENROLMENTS -> Check.T62_ENROLMENTS;
            case TAGS -> Check.T63_TAGS;
            case LISTS -> Check.T64_LISTS;
            case HOPS -> Check.T65_HOPS;
            case CONFIRMATIONS -> Check.T66_CONFIRMATIONS;
            case INNER_SEEDS -> Check.T67_INNER_SEEDS;
            case SLOT_KEYS -> Check.T68_SLOT_KEYS;
            case RECORD -> Check.T69_OPENED;
        };
    }
}
