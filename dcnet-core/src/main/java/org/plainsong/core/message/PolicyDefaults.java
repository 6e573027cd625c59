package org.plainsong.core.message;

/** The policy that a new group gets where its founders do not say otherwise (formats, "Policy", has the same table). */
public final class PolicyDefaults {
    private PolicyDefaults() {}

    /** The default of every value. */
    public static Policy policy() {
        return new Policy(
                /* minParticipants= */ 3,
                /* alphaPermille= */ 750,
                /* idleIntervalMillis= */ 2_000,
                /* activeIntervalMillis= */ 300,
                /* windowQuorumPermille= */ 900,
                /* windowFactorPermille= */ 1_500,
                /* hardLimitMillis= */ 10_000,
                /* maxRoundBytes= */ 262_144,
                /* maxSlotBytes= */ 131_072,
                /* defaultSlotBytes= */ 4_096,
                /* namesPerEpoch= */ 3,
                /* epochRounds= */ 3_600,
                /* minEpochRounds= */ 10,
                /* setupDeadlineMillis= */ 15_000,
                /* blameWindowRounds= */ 10,
                /* garbledRounds= */ 3,
                /* silentRounds= */ 2,
                /* lostSeedEpochs= */ 3,
                /* refusalLimit= */ 3,
                /* accusationTries= */ 3,
                /* dropPermille= */ 250,
                /* retentionDays= */ 90,
                /* membersOnly= */ false,
                /* postAnyway= */ true);
    }
}
