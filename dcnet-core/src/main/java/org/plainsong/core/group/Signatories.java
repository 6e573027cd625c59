package org.plainsong.core.group;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/** Who has to sign what the admins decide (protocol §3). */
final class Signatories {
    private Signatories() {}

    /** Why the signatures do not do: at least {@code threshold} of the admins, all of {@code all}, nobody else, each signature good. */
    static Optional<GroupProblem> problem(
            Signed<?> signed,
            Collection<PublicKey> admins,
            int threshold,
            Collection<PublicKey> all,
            SignatureCheck check) {
        List<PublicKey> signers =
                signed.signatures().stream().map(Signature::signer).toList();
        String what = signed.message().type();
        for (PublicKey signer : signers) {
            if (!admins.contains(signer) && !all.contains(signer)) {
                return signers(what + " is signed by " + signer + ", who has no say here");
            }
        }
        for (PublicKey needed : all) {
            if (!signers.contains(needed)) {
                return signers(what + " lacks the signature of server " + needed);
            }
        }
        long consenting = signers.stream().filter(admins::contains).distinct().count();
        if (consenting < threshold) {
            return signers(what + " is signed by " + consenting + " admins, " + threshold + " are needed");
        }
        return check.allGood(signed)
                ? Optional.empty()
                : Optional.of(new GroupProblem(
                        GroupProblem.Rule.SIGNATURE, "a signature of the " + what + " does not verify"));
    }

    private static Optional<GroupProblem> signers(String text) {
        return Optional.of(new GroupProblem(GroupProblem.Rule.SIGNERS, text));
    }
}
