package org.plainsong.testbed.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;

/**
 * What one run is made of; all of it follows from the seed unless somebody asks for something else.
 *
 * @param seed where all chance comes from
 * @param servers M
 * @param members members of the group
 * @param posts posts and private replies that the members mean to write
 * @param kinds what may go wrong
 * @param policy of the group
 */
record Scenario(long seed, int servers, int members, int posts, Set<FaultKind> kinds, Policy policy) {
    /** Faults begin from here on, milliseconds since the run began. */
    private static final int QUIET = 300;

    private static final int TURMOIL = 5_000;

    private static final List<String> SERVER_TYPES = List.of(
            Proposal.TYPE,
            Announcement.TYPE,
            EnrolmentSet.TYPE,
            EnrolmentCheck.TYPE,
            Hop.TYPE,
            ChainCheck.TYPE,
            ConfirmationSet.TYPE,
            InnerSeed.TYPE,
            OpeningRecord.TYPE,
            Inventory.TYPE,
            Commitment.TYPE,
            Reveal.TYPE,
            Record.TYPE,
            Inventory.TYPE,
            Commitment.TYPE,
            Reveal.TYPE,
            Record.TYPE,
            Failed.TYPE);
    private static final List<String> MEMBER_TYPES =
            List.of(Enrolment.TYPE, Confirmation.TYPE, Header.TYPE, Header.TYPE, Hello.TYPE);

    /** What a seed gives by itself. */
    static Scenario of(long seed) {
        Dice dice = Dice.of(seed, "scenario");
        int servers = dice.oneOf(List.of(2, 3, 3, 3, 3, 3, 3, 4));
        int members = dice.between(3, 5);
        int posts = dice.between(2, 4);
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            if (dice.chance(400)) {
                kinds.add(kind);
            }
        }
        return new Scenario(seed, servers, members, posts, kinds, policy(Dice.of(seed, "policy")));
    }

    /** Another number of servers, members or posts; 0 leaves one as it is. */
    Scenario with(int otherServers, int otherMembers, int otherPosts) {
        return new Scenario(
                seed,
                otherServers > 0 ? otherServers : servers,
                otherMembers > 0 ? otherMembers : members,
                otherPosts > 0 ? otherPosts : posts,
                kinds,
                policy);
    }

    /** Other faults. */
    Scenario with(Set<FaultKind> others) {
        return new Scenario(seed, servers, members, posts, others, policy);
    }

    private static Policy policy(Dice dice) {
        return new Policy(
                /* minParticipants= */ 2,
                /* alphaPermille= */ dice.oneOf(List.of(0, 500, 750)),
                /* idleIntervalMillis= */ 400,
                /* activeIntervalMillis= */ 50,
                /* windowQuorumPermille= */ 900,
                /* windowFactorPermille= */ 1_500,
                /* hardLimitMillis= */ 1_000,
                /* maxRoundBytes= */ dice.oneOf(List.of(4_096, 16_384)),
                /* maxSlotBytes= */ 2_048,
                /* defaultSlotBytes= */ dice.oneOf(List.of(256, 512, 1_024)),
                /* namesPerEpoch= */ dice.between(1, 2),
                /* epochRounds= */ dice.oneOf(List.of(6, 12, 1_000)),
                /* minEpochRounds= */ 2,
                /* setupDeadlineMillis= */ 1_500,
                /* blameWindowRounds= */ 10,
                /* garbledRounds= */ 3,
                /* silentRounds= */ 2,
                /* lostSeedEpochs= */ 3,
                /* refusalLimit= */ 3,
                /* accusationTries= */ 3,
                /* dropPermille= */ 1_000,
                /* retentionDays= */ 90,
                /* membersOnly= */ false,
                /* postAnyway= */ true);
    }

    /** Names of the servers. */
    List<String> serverNames() {
        return names("s", servers);
    }

    /** Names of the members. */
    List<String> memberNames() {
        return names("m", members);
    }

    private static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    /** The faults of this run. */
    Faults faults() {
        Dice dice = Dice.of(seed, "faults");
        List<Fault> plan = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            int times = dice.between(1, 3);
            for (int i = 0; i < times; i++) {
                Fault fault = fault(kind, dice);
                if (fault != null && kinds.contains(kind)) {
                    plan.add(fault);
                }
            }
        }
        plan.sort(Comparator.comparingLong(Fault::from));
        boolean slow = kinds.contains(FaultKind.DELAY);
        int repeat = kinds.contains(FaultKind.REPEAT) ? 100 : 0;
        return new Faults(plan, 1, slow ? dice.oneOf(List.of(40, 150, 400)) : 8, repeat);
    }

    private @Nullable Fault fault(FaultKind kind, Dice dice) {
        List<String> everybody = new ArrayList<>(serverNames());
        everybody.addAll(memberNames());
        String one = dice.oneOf(everybody);
        String server = dice.oneOf(serverNames());
        String member = dice.oneOf(memberNames());
        long from = dice.between(QUIET, TURMOIL);
        long until = from + dice.between(50, 2_500);
        return switch (kind) {
            case DELAY -> new Fault.SlowLink(one, from, until, dice.oneOf(List.of(100, 600, 1_500)));
            case REPEAT -> null;
            case DISCONNECT -> new Fault.Disconnect(server, server.equals(one) ? member : one, from);
            case PARTITION -> new Fault.Partition(some(everybody, dice), from, until, dice.chance(500));
            case SERVER_RESTART -> new Fault.Restart(server, from, until);
            case MEMBER_RESTART -> new Fault.Restart(member, from, until);
            case KILL_IN_STEP -> atStatement(dice, dice.between(20, 1_500));
            case LOST_MESSAGE -> atStatement(dice, 0);
            case POWER_CUT -> new Fault.PowerCut(from, until);
            case SLOW_DISK -> new Fault.SlowDisk(server, from, until, dice.oneOf(List.of(50, 300, 1_200)));
            case FULL_DISK -> new Fault.FullDisk(server, from, until);
            case CLOCK -> new Fault.ClockJump(one, from, dice.between(-3_600_000, 3_600_000));
        };
    }

    private Fault atStatement(Dice dice, int downMillis) {
        boolean ofServer = dice.chance(800);
        String process = dice.oneOf(ofServer ? serverNames() : memberNames());
        String type = dice.oneOf(ofServer ? SERVER_TYPES : MEMBER_TYPES);
        return new Fault.AtStatement(process, type, dice.between(1, 12), downMillis, TURMOIL);
    }

    private static Set<String> some(List<String> all, Dice dice) {
        Set<String> side = new HashSet<>();
        int size = dice.between(1, all.size() - 1);
        while (side.size() < size) {
            side.add(dice.oneOf(all));
        }
        return side;
    }
}
