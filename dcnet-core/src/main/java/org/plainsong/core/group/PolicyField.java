package org.plainsong.core.group;

import java.util.function.ToIntFunction;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PolicyDefaults;

/**
 * Every value of the policy, in the order of its record: name in text files, unit, default, range and meaning (protocol §3 "every value shown with its
 * unit and default"). Truth values are 0 and 1.
 */
public enum PolicyField {
    /** Smallest crowd. */
    MIN_PARTICIPANTS(
            "min_participants",
            "members",
            2,
            4096,
            "smallest crowd with which a round reveals",
            Policy::minParticipants),
    /** Floor's share. */
    ALPHA_PERMILLE(
            "alpha_permille",
            "thousandths",
            0,
            1000,
            "part of the expected members that a round needs",
            Policy::alphaPermille),
    /** Idle pace. */
    IDLE_INTERVAL_MILLIS(
            "idle_interval_millis",
            "ms",
            0,
            3_600_000,
            "from a record to the next submissions while every slot is closed",
            Policy::idleIntervalMillis),
    /** Active pace. */
    ACTIVE_INTERVAL_MILLIS(
            "active_interval_millis",
            "ms",
            0,
            3_600_000,
            "from a record to the next submissions while some slot is open",
            Policy::activeIntervalMillis),
    /** Window's quorum. */
    WINDOW_QUORUM_PERMILLE(
            "window_quorum_permille",
            "thousandths",
            1,
            1000,
            "part of a server's expected members whose coming starts its window's clock",
            Policy::windowQuorumPermille),
    /** Window's factor. */
    WINDOW_FACTOR_PERMILLE(
            "window_factor_permille",
            "thousandths",
            1000,
            100_000,
            "the window closes at this many thousandths of the time that the quorum took",
            Policy::windowFactorPermille),
    /** Hard limit. */
    HARD_LIMIT_MILLIS(
            "hard_limit_millis",
            "ms",
            10,
            600_000,
            "the window closes at the latest this long after the last record; also the deadline of each later phase",
            Policy::hardLimitMillis),
    /** Round's budget. */
    MAX_ROUND_BYTES("max_round_bytes", "bytes", 256, 16 << 20, "budget of a round's vector", Policy::maxRoundBytes),
    /** Longest slot. */
    MAX_SLOT_BYTES(
            "max_slot_bytes", "bytes", 256, 1 << 20, "longest slot, 256 times a power of two", Policy::maxSlotBytes),
    /** First length of a slot. */
    DEFAULT_SLOT_BYTES(
            "default_slot_bytes",
            "bytes",
            256,
            1 << 20,
            "length of a slot that has just been opened, 256 times a power of two",
            Policy::defaultSlotBytes),
    /** k. */
    NAMES_PER_EPOCH("names_per_epoch", "slots", 1, 8, "slots of each member in an epoch", Policy::namesPerEpoch),
    /** Longest epoch. */
    EPOCH_ROUNDS(
            "epoch_rounds",
            "rounds",
            1,
            1_000_000,
            "a record of this round is the last of its epoch",
            Policy::epochRounds),
    /** Shortest epoch. */
    MIN_EPOCH_ROUNDS(
            "min_epoch_rounds",
            "rounds",
            0,
            1_000_000,
            "an epoch that members wait to join ends at the earliest at this round",
            Policy::minEpochRounds),
    /** Setup's deadline. */
    SETUP_DEADLINE_MILLIS(
            "setup_deadline_millis",
            "ms",
            10,
            3_600_000,
            "deadline of each phase of the setup and of a shuffle",
            Policy::setupDeadlineMillis),
    /** Blame window. */
    BLAME_WINDOW_ROUNDS(
            "blame_window_rounds",
            "rounds",
            1,
            100_000,
            "rounds for which what a trace needs is kept",
            Policy::blameWindowRounds),
    /** Garbled slots. */
    GARBLED_ROUNDS(
            "garbled_rounds", "rounds", 0, 100, "rounds that a garbled slot keeps its length", Policy::garbledRounds),
    /** Silent slots. */
    SILENT_ROUNDS(
            "silent_rounds",
            "rounds",
            0,
            100,
            "rounds that a slot may stay open and carry nothing",
            Policy::silentRounds),
    /** Lost seeds. */
    LOST_SEED_EPOCHS(
            "lost_seed_epochs",
            "epochs",
            0,
            1000,
            "epochs that a member who lost its seed stays out",
            Policy::lostSeedEpochs),
    /** Refusals. */
    REFUSAL_LIMIT(
            "refusal_limit",
            "refusals",
            1,
            1000,
            "refusals after which the admins are asked to replace a server",
            Policy::refusalLimit),
    /** Accusation runs. */
    ACCUSATION_TRIES(
            "accusation_tries", "runs", 1, 100, "tries of an accusation run for an old epoch", Policy::accusationTries),
    /** Falling crowd. */
    DROP_PERMILLE(
            "drop_permille",
            "thousandths",
            0,
            1000,
            "a client pauses when the expected fall by more than this part",
            Policy::dropPermille),
    /** Retention of shares. */
    RETENTION_DAYS(
            "retention_days",
            "days",
            0,
            36_500,
            "days that shares stay in the transcript, 0 for ever",
            Policy::retentionDays),
    /** Visibility. */
    MEMBERS_ONLY(
            "members_only",
            "true or false",
            0,
            1,
            "the transcript's bodies are for members and auditors only",
            policy -> policy.membersOnly() ? 1 : 0),
    /** Posting below one's minimum. */
    POST_ANYWAY(
            "post_anyway",
            "true or false",
            0,
            1,
            "an author may send a held post below their own minimum",
            policy -> policy.postAnyway() ? 1 : 0);

    private final String key;
    private final String unit;
    private final int least;
    private final int most;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // only accessors of the record: nothing to change
    private final ToIntFunction<Policy> reader;

    PolicyField(String key, String unit, int least, int most, String meaning, ToIntFunction<Policy> reader) {
        this.key = key;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.meaning = meaning;
        this.reader = reader;
    }

    /** Name in text files. */
    public String key() {
        return key;
    }

    /** Unit in words; {@code "true or false"} for truth values. */
    public String unit() {
        return unit;
    }

    /** Whether the value is 0 or 1 for false or true. */
    public boolean isTruth() {
        return this == MEMBERS_ONLY || this == POST_ANYWAY;
    }

    /** The value that a group has that says nothing else. */
    public int standard() {
        return in(PolicyDefaults.policy());
    }

    /** Smallest allowed value. */
    public int least() {
        return least;
    }

    /** Largest allowed value. */
    public int most() {
        return most;
    }

    /** What it rules, as a phrase. */
    public String meaning() {
        return meaning;
    }

    /** This value in a policy. */
    public int in(Policy policy) {
        return reader.applyAsInt(policy);
    }
}
