package org.plainsong.core.round;

import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signer;

/**
 * One attempt as one server sees it.
 *
 * @param attempt what is public of it
 * @param self this server's number, 1..M
 * @param signer signs with this server's key
 * @param check checks headers where two contradict each other, hellos and late confirmations; everything else comes checked
 */
public record AgreementContext(AttemptContext attempt, int self, Signer signer, SignatureCheck check) {
    /** Checks that the signer is that server. */
    public AgreementContext {
        if (attempt.epoch().numberOf(signer.publicKey()) != self) {
            throw new IllegalStateException("the signer's key is not that of server " + self);
        }
    }

    /** M. */
    int serverCount() {
        return attempt.epoch().serverCount();
    }

    /** Deadline of each phase, in milliseconds. */
    int hardLimit() {
        return attempt.epoch().policy().hardLimitMillis();
    }
}
