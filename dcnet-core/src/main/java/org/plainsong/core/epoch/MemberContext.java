package org.plainsong.core.epoch;

import java.util.List;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signer;

/**
 * What a member brings to a setup.
 *
 * @param self own id
 * @param signer own key
 * @param policy the group's
 * @param servers by number: server j at position j - 1; the caller has checked that it trusts one of them
 * @param signatures checks envelopes
 */
public record MemberContext(
        MemberId self, Signer signer, Policy policy, List<PublicKey> servers, SignatureCheck signatures) {
    /** Copies the list. */
    public MemberContext {
        servers = List.copyOf(servers);
    }
}
