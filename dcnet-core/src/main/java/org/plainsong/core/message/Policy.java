package org.plainsong.core.message;

/**
 * Rules of a group; every value public (protocol §3). All integers are unsigned; shares of a whole are per mille.
 *
 * @param minParticipants smallest number of participants with which a round reveals; at least 2
 * @param alphaPermille part of the expected participants that a round needs, 0..1000 (protocol §5.5)
 * @param idleIntervalMillis from a record to the next submissions while every slot is closed
 * @param activeIntervalMillis the same while some slot is open (protocol §5.6)
 * @param windowQuorumPermille part of the own expected members whose time w starts the window's clock (protocol §5.3)
 * @param windowFactorPermille the window closes at this many thousandths of w
 * @param hardLimitMillis the window closes at the latest this long after the last complete record; also each later phase's deadline
 * @param maxRoundBytes budget of a round's vector in bytes (protocol §5.1)
 * @param maxSlotBytes longest slot in bytes
 * @param defaultSlotBytes length class of a slot that has just been opened, in bytes
 * @param namesPerEpoch k: slots of each member in an epoch (protocol §4.1)
 * @param epochRounds a record of this round number or above is the last of its epoch
 * @param minEpochRounds an epoch that members wait to join ends at the earliest at this round
 * @param setupDeadlineMillis deadline of each phase of the setup and of a shuffle
 * @param blameWindowRounds rounds for which what a trace needs is kept (protocol §6)
 * @param garbledRounds rounds that a garbled slot keeps its length
 * @param silentRounds rounds that a slot may stay open and carry nothing
 * @param lostSeedEpochs epochs that one who lost its seed stays out (protocol §4.3)
 * @param refusalLimit refusals after which the admins are asked to replace a server (protocol §6)
 * @param accusationTries tries of an accusation run for an old epoch (protocol §6)
 * @param dropPermille a client pauses when the expected fall by more than this part of the largest of the last records (protocol §5.5)
 * @param retentionDays days that shares stay in the transcript, 0 for ever
 * @param membersOnly visibility: the transcript's bodies are for members and auditors only
 * @param postAnyway whether an author may send a held post below their own minimum
 */
public record Policy(
        int minParticipants,
        int alphaPermille,
        int idleIntervalMillis,
        int activeIntervalMillis,
        int windowQuorumPermille,
        int windowFactorPermille,
        int hardLimitMillis,
        int maxRoundBytes,
        int maxSlotBytes,
        int defaultSlotBytes,
        int namesPerEpoch,
        int epochRounds,
        int minEpochRounds,
        int setupDeadlineMillis,
        int blameWindowRounds,
        int garbledRounds,
        int silentRounds,
        int lostSeedEpochs,
        int refusalLimit,
        int accusationTries,
        int dropPermille,
        int retentionDays,
        boolean membersOnly,
        boolean postAnyway) {
    /** Checks the fields. */
    public Policy {}
}
