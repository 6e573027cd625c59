package org.plainsong.server.net;

import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;

/** The checks that a statement passes on the event loop, before it may take time of the group's thread. */
final class Statements {
    private Statements() {}

    /** Whether each signature is of somebody who has a say in the group, and good. */
    static boolean wellSigned(GroupDoor door, Signed<?> signed) {
        Roster roster = door.roster();
        for (Signature signature : signed.signatures()) {
            if (!known(roster, signature.signer())) {
                return false;
            }
        }
        return door.signatures().allGood(signed);
    }

    private static boolean known(Roster roster, PublicKey key) {
        return roster.serverNumber(key).isPresent()
                || roster.memberByKey(key).isPresent()
                || roster.admins().stream().anyMatch(admin -> admin.key().equals(key));
    }

    /** Whether a header's ciphertext is the one that it names; true for every other statement, whose bodies are judged by the protocol. */
    static boolean bodyAgrees(Packet<?> packet) {
        return !(packet.statement().message() instanceof Header header)
                || TreeHash.rootOfChunks(packet.body().unsafeArray()).equals(header.ciphertextRoot());
    }
}
