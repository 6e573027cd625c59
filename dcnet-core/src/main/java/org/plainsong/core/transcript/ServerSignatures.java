package org.plainsong.core.transcript;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;

/** Whose signatures a statement of the servers carries (protocol §4.2: all M, or it counts for nothing). */
final class ServerSignatures {
    private ServerSignatures() {}

    /** What is wrong unless the statement carries good signatures of exactly all servers. */
    static Optional<Finding> ofAll(Signed<?> signed, Roster roster, SignatureCheck check) {
        Set<PublicKey> missing =
                roster.servers().stream().map(ServerEntry::key).collect(Collectors.toCollection(HashSet::new));
        List<PublicKey> signers =
                signed.signatures().stream().map(Signature::signer).toList();
        for (PublicKey signer : signers) {
            if (!missing.remove(signer)) {
                return finding(signed, "is signed by " + signer + ", which is none of its servers");
            }
        }
        if (!missing.isEmpty()) {
            return finding(signed, "has " + signers.size() + " of " + roster.serverCount() + " servers' signatures");
        }
        return good(signed, check);
    }

    /** What is wrong unless the statement carries one good signature, of the server with this number. */
    static Optional<Finding> ofOne(Signed<?> signed, int server, Roster roster, SignatureCheck check) {
        if (signed.signatures().size() != 1
                || !signed.signatures()
                        .getFirst()
                        .signer()
                        .equals(roster.server(server).key())) {
            return finding(signed, "of server " + server + " is not signed by that server alone");
        }
        return good(signed, check);
    }

    private static Optional<Finding> good(Signed<?> signed, SignatureCheck check) {
        return check.allGood(signed) ? Optional.empty() : finding(signed, "has a signature that does not verify");
    }

    private static Optional<Finding> finding(Signed<?> signed, String what) {
        return Optional.of(
                Check.T21_SIGNATURES.finding("the " + signed.message().type() + " " + what));
    }
}
