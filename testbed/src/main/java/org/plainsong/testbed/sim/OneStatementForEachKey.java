package org.plainsong.testbed.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;

/**
 * Protocol §9.1 and §4.2: nobody honest ever signs two different submissions, reveals or other statements under one key, before and after a restart alike; a
 * record and <i>failed</i> of one attempt are one kind, and so are list and declaration of one hop, and the opening record and <i>failed</i> of a setup.
 */
final class OneStatementForEachKey implements Invariant {
    private final Map<String, PublicKey> keys = new HashMap<>();
    private final Map<String, ByteString> said = new HashMap<>();

    OneStatementForEachKey(Group group) {
        for (int j = 0; j < group.servers.size(); j++) {
            keys.put("s" + (j + 1), group.servers.get(j).signer().publicKey());
        }
        for (int i = 0; i < group.members.size(); i++) {
            keys.put("m" + (i + 1), group.members.get(i).signer().publicKey());
        }
    }

    @Override
    public void observe(Observation what) {
        if (what instanceof Observation.Said(String party, Frame frame)
                && frame instanceof Frame.Statement(Packet<?> packet)
                && packet.statement().signatures().size() == 1
                && packet.statement().signer().equals(keys.get(party))) {
            keyOf(packet.statement()).ifPresent(key -> once(party, key, packet));
        }
    }

    private void once(String party, String key, Packet<?> packet) {
        boolean submission = packet.statement().message() instanceof Header;
        ByteString content = Hash.sha256(packet.statement().payload(), submission ? packet.body() : ByteString.EMPTY);
        ByteString before = said.putIfAbsent(party + " " + key, content);
        if (before != null && !before.equals(content)) {
            throw new InvariantBroken("protocol 9.1", party + " signs two different statements for " + key);
        }
    }

    private static Optional<String> keyOf(Signed<?> statement) {
        Message message = statement.message();
        return switch (message) {
            case Failed failed
            when failed.at().round() == 0 -> key("opening", failed.at().epoch().value());
            case OpeningRecord record -> key("opening", record.epoch().value());
            case Failed failed -> key("outcome", failed.at());
            case org.plainsong.core.message.Record record -> key("outcome", record.at());
            case Message.OfAttempt other -> key(other.type(), other.at());
            case Hop hop -> key("hop " + hop.server(), hop.run().value());
            case Declaration declaration ->
                key("hop " + declaration.server(), declaration.run().value());
            case ChainCheck check -> key(check.type(), check.run().value());
            case Confirmation confirmation ->
                key(confirmation.type(), confirmation.run().value());
            case ConfirmationSet set -> key(set.type(), set.run().value());
            case InnerSeed seed -> key(seed.type(), seed.run().value());
            case Announcement announcement ->
                key(announcement.type(), announcement.epoch().value());
            case Enrolment enrolment -> key(enrolment.type(), enrolment.epoch().value());
            case EnrolmentSet set -> key(set.type(), set.epoch().value());
            case EnrolmentCheck check -> key(check.type(), check.epoch().value());
            case Proposal proposal -> Optional.of(proposal.type() + " " + proposal.epoch());
            default -> Optional.empty();
        };
    }

    private static Optional<String> key(String kind, ByteString of) {
        return Optional.of(kind + " " + of.hex().substring(0, 16));
    }

    private static Optional<String> key(String kind, AttemptId at) {
        return Optional.of(
                kind + " " + at.epoch().value().hex().substring(0, 16) + "/" + at.round() + "/" + at.attempt());
    }
}
