package org.plainsong.core.wire;

import org.plainsong.core.message.Policy;

/**
 * The policy of a group (protocol §3; formats, "Policy"). Here a value only has to be a number of 31 bits; whether it is a sane one is judged by whoever
 * folds the roster, because an unsound policy is a fault of the admins that signed it and not of its bytes.
 */
final class PolicyCodec {
    private static final int FIELDS = 24;

    private PolicyCodec() {}

    static void write(CborWriter out, Policy policy) {
        FieldWriter.map(out, FIELDS)
                .uint(policy.minParticipants())
                .uint(policy.alphaPermille())
                .uint(policy.idleIntervalMillis())
                .uint(policy.activeIntervalMillis())
                .uint(policy.windowQuorumPermille())
                .uint(policy.windowFactorPermille())
                .uint(policy.hardLimitMillis())
                .uint(policy.maxRoundBytes())
                .uint(policy.maxSlotBytes())
                .uint(policy.defaultSlotBytes())
                .uint(policy.namesPerEpoch())
                .uint(policy.epochRounds())
                .uint(policy.minEpochRounds())
                .uint(policy.setupDeadlineMillis())
                .uint(policy.blameWindowRounds())
                .uint(policy.garbledRounds())
                .uint(policy.silentRounds())
                .uint(policy.lostSeedEpochs())
                .uint(policy.refusalLimit())
                .uint(policy.accusationTries())
                .uint(policy.dropPermille())
                .uint(policy.retentionDays())
                .flag(policy.membersOnly())
                .flag(policy.postAnyway());
    }

    static Policy read(CborReader from) throws FormatException {
        FieldReader in = FieldReader.map(from, FIELDS);
        return new Policy(
                number(in, "minParticipants"),
                number(in, "alphaPermille"),
                number(in, "idleIntervalMillis"),
                number(in, "activeIntervalMillis"),
                number(in, "windowQuorumPermille"),
                number(in, "windowFactorPermille"),
                number(in, "hardLimitMillis"),
                number(in, "maxRoundBytes"),
                number(in, "maxSlotBytes"),
                number(in, "defaultSlotBytes"),
                number(in, "namesPerEpoch"),
                number(in, "epochRounds"),
                number(in, "minEpochRounds"),
                number(in, "setupDeadlineMillis"),
                number(in, "blameWindowRounds"),
                number(in, "garbledRounds"),
                number(in, "silentRounds"),
                number(in, "lostSeedEpochs"),
                number(in, "refusalLimit"),
                number(in, "accusationTries"),
                number(in, "dropPermille"),
                number(in, "retentionDays"),
                in.flag("membersOnly"),
                in.flag("postAnyway"));
    }

    private static int number(FieldReader in, String field) throws FormatException {
        return in.count(field, 0, Integer.MAX_VALUE);
    }
}
