package org.plainsong.core.epoch;

import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.RecordHash;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;

/**
 * What does not change while an epoch is set up at one server.
 *
 * @param proposal signed by its proposer; the caller has checked signature, number, roster hash, eligible members and the link that it names
 * @param epoch SHA-256 of the proposal's payload
 * @param policy the group's
 * @param parties servers by number and the eligible members
 * @param self own number
 * @param signer own key
 * @param signatures checks envelopes that stand inside statements; outer ones are checked by the caller
 * @param lastTimeMillis time of the record that the proposal names, 0 before the first epoch
 */
public record SetupContext(
        Signed<Proposal> proposal,
        EpochId epoch,
        Policy policy,
        Parties parties,
        int self,
        Signer signer,
        SignatureCheck signatures,
        long lastTimeMillis) {
    /** Computes the epoch's id from the proposal. */
    public static SetupContext of(
            Signed<Proposal> proposal,
            Policy policy,
            Parties parties,
            Signer signer,
            SignatureCheck signatures,
            long lastTimeMillis) {
        EpochId epoch = new EpochId(Hash.sha256(proposal.payload()));
        int self = parties.servers().indexOf(signer.publicKey()) + 1;
        if (self == 0) {
            throw new IllegalStateException("own key " + signer.publicKey() + " is not among the servers");
        }
        return new SetupContext(proposal, epoch, policy, parties, self, signer, signatures, lastTimeMillis);
    }

    /** M, the number of servers. */
    public int servers() {
        return parties.serverCount();
    }

    /** The setup as an attempt: round 0. */
    public AttemptId attempt() {
        return new AttemptId(epoch, 0, 0);
    }

    /** The link that the proposal names. */
    public RecordHash prev() {
        return proposal.message().prev();
    }
}
