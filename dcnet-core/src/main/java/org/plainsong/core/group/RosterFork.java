package org.plainsong.core.group;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/**
 * Evidence that the roster log has been forked: two different entries, each of which the roster before them accepts (protocol §3).
 *
 * @param first the one whose payload comes first
 * @param second the other
 * @param culprits admins who signed both, ascending; never empty when more than half of the admins have to sign
 */
public record RosterFork(Signed<RosterEntry> first, Signed<RosterEntry> second, SortedSet<PublicKey> culprits) {
    /** The fork that two entries make after this roster; nothing if they are equal or if one of them does not hold. */
    public static Optional<RosterFork> between(
            Roster before, Signed<RosterEntry> one, Signed<RosterEntry> other, SignatureCheck check) {
        int order = one.payload().compareTo(other.payload());
        if (order == 0
                || before.apply(one, check).accepted().isEmpty()
                || before.apply(other, check).accepted().isEmpty()) {
            return Optional.empty();
        }
        TreeSet<PublicKey> both = signers(one);
        both.retainAll(signers(other));
        return Optional.of(order < 0 ? new RosterFork(one, other, both) : new RosterFork(other, one, both));
    }

    private static TreeSet<PublicKey> signers(Signed<RosterEntry> entry) {
        TreeSet<PublicKey> signers = new TreeSet<>();
        entry.signatures().stream().map(Signature::signer).forEach(signers::add);
        return signers;
    }
}
