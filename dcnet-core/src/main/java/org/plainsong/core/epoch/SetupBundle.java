package org.plainsong.core.epoch;

import java.util.List;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.TagOpeningSet;

/**
 * Everything public of a setup that opened: from it and the group's public data anyone computes the opening record anew (protocol §8 shuffles).
 *
 * @param proposal the proposal
 * @param announcements M, by server number, as all lists of M here
 * @param enrolments every one that stood in the union, ascending by member, then by hash
 * @param sets M
 * @param checks M
 * @param tagOpenings M, none if no server complained
 * @param hops M with their lists as bodies
 * @param chainChecks M
 * @param confirmations M
 * @param seeds M
 */
public record SetupBundle(
        Signed<Proposal> proposal,
        List<Signed<Announcement>> announcements,
        List<Signed<Enrolment>> enrolments,
        List<Signed<EnrolmentSet>> sets,
        List<Signed<EnrolmentCheck>> checks,
        List<Signed<TagOpeningSet>> tagOpenings,
        List<Packet<Hop>> hops,
        List<Signed<ChainCheck>> chainChecks,
        List<Signed<ConfirmationSet>> confirmations,
        List<Signed<InnerSeed>> seeds) {
    /** Copies the lists. */
    public SetupBundle {
        announcements = List.copyOf(announcements);
        enrolments = List.copyOf(enrolments);
        sets = List.copyOf(sets);
        checks = List.copyOf(checks);
        tagOpenings = List.copyOf(tagOpenings);
        hops = List.copyOf(hops);
        chainChecks = List.copyOf(chainChecks);
        confirmations = List.copyOf(confirmations);
        seeds = List.copyOf(seeds);
    }
}
