package org.plainsong.member.founding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.GroupProblem;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Admin;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterChange;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerCard;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Signer;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.member.MemberCard;

/** Makes the statements that a group stands on (protocol §3). */
public final class Founding {
    private static final int NONCE_SIZE = 32;

    private Founding() {}

    /**
     * The definition of a new group; it counts once t admins and every server have signed these very bytes.
     *
     * @param name what the members call it
     * @param purpose what it is for, may be empty
     * @param policy its rules
     * @param admins in any order
     * @param threshold how many admins a roster entry needs
     * @param cards of the servers, in the order of their numbers
     */
    public static GroupDefinition definition(
            String name,
            String purpose,
            Policy policy,
            List<Admin> admins,
            int threshold,
            List<Signed<ServerCard>> cards,
            Randomness randomness) {
        List<Admin> sorted = new ArrayList<>(admins);
        sorted.sort(Comparator.comparing(Admin::key));
        List<ServerEntry> servers =
                cards.stream().map(card -> card.message().server()).toList();
        ByteString nonce = ByteString.wrap(randomness.bytes(NONCE_SIZE));
        return new GroupDefinition(name, purpose, nonce, policy, sorted, threshold, servers);
    }

    /** What is wrong with a server card, if anything: it must be signed by the server that it describes. */
    public static Optional<String> cardProblem(Signed<ServerCard> card) {
        boolean own = card.signatures().size() == 1
                && card.signer().equals(card.message().server().key());
        return own && new WireSignatureCheck().allGood(card)
                ? Optional.empty()
                : Optional.of("the card is not signed by the server that it describes");
    }

    /** The statement with one more signature over the same bytes. */
    public static <M extends Message> Signed<M> sign(Signed<M> statement, Signer signer) {
        Signed<M> own = signer.sign(statement.message());
        if (!own.payload().equals(statement.payload())) {
            throw new IllegalStateException(
                    "a " + statement.message().type() + " encodes to other bytes than it came as");
        }
        return Envelopes.combine(List.of(statement, own));
    }

    /** The next entry of a group's roster log, with these changes; to be signed by t admins. */
    public static RosterEntry next(Roster roster, List<RosterChange> changes) {
        return new RosterEntry(roster.groupId(), roster.index() + 1, roster.hash(), changes);
    }

    /** The change that adds a member. */
    public static RosterChange add(Roster roster, MemberCard card, String name) {
        return new RosterChange.AddMember(
                Roster.memberId(roster.groupId(), card.key()), card.key(), card.sealingKey(), name);
    }

    /** What is wrong with a definition, if anything: too few signatures, for instance. */
    public static Optional<GroupProblem> definitionProblem(Signed<GroupDefinition> definition) {
        return Roster.genesis(definition, new WireSignatureCheck()).refused();
    }

    /** Keys whose signature is missing before a definition counts: servers, and admins beyond those needed. */
    public static List<PublicKey> missing(Signed<GroupDefinition> definition) {
        List<PublicKey> signed =
                definition.signatures().stream().map(s -> s.signer()).toList();
        List<PublicKey> missing = new ArrayList<>();
        definition.message().servers().stream()
                .map(ServerEntry::key)
                .filter(key -> !signed.contains(key))
                .forEach(missing::add);
        List<PublicKey> admins =
                definition.message().admins().stream().map(Admin::key).toList();
        long have = admins.stream().filter(signed::contains).count();
        if (have < definition.message().threshold()) {
            admins.stream().filter(key -> !signed.contains(key)).forEach(missing::add);
        }
        return missing;
    }
}
