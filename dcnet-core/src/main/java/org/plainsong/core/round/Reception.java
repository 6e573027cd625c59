package org.plainsong.core.round;

import java.util.List;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.verdict.Violation;

/** Takes in statements of servers: who may say them, whether they contradict others (protocol §4.2). */
final class Reception {
    private Reception() {}

    static void receive(Turn turn, Packet<?> packet) {
        Message message = packet.statement().message();
        Optional<Heard.Kind> kind = Heard.Kind.of(message);
        if (kind.isEmpty()
                || !(message instanceof Message.OfAttempt of)
                || !of.at().equals(turn.attempt().at())) {
            return;
        }
        // A record may come complete, with the signatures of all: each counts for its signer.
        for (Signature signature : packet.statement().signatures()) {
            int server = turn.attempt().epoch().numberOf(signature.signer());
            if (server != 0 && namesItself(message, server)) {
                receive(turn, kind.get(), server, alone(packet, signature));
            }
        }
    }

    /** Whether a statement that names a server's number names that of its signer. */
    private static boolean namesItself(Message message, int server) {
        return switch (message) {
            case Inventory m -> m.server() == server;
            case Commitment m -> m.server() == server;
            case Reveal m -> m.server() == server;
            case Failed m -> m.server() == server;
            default -> true;
        };
    }

    private static Packet<?> alone(Packet<?> packet, Signature signature) {
        Signed<?> statement = packet.statement();
        return statement.signatures().size() == 1
                ? packet
                : Packet.of(new Signed<>(statement.message(), statement.payload(), List.of(signature)));
    }

    private static void receive(Turn turn, Heard.Kind kind, int server, Packet<?> packet) {
        Heard heard = turn.heard();
        Optional<Packet<?>> held = heard.get(kind, server);
        if (held.isPresent()
                && held.get().statement().payload().equals(packet.statement().payload())) {
            return;
        }
        Optional<Violation> contradiction = heard.contradictionWith(kind, server, packet);
        // A record beside a failed is noted under record: the failed itself is not in doubt.
        Heard.Kind noted = held.isPresent() ? kind : Heard.Kind.RECORD;
        if (contradiction.isPresent() && !isNoted(heard, noted, server)) {
            turn.effect(new AgreementEffect.Found(contradiction.get()));
            heard = heard.withContradiction(noted, server);
            turn.become(turn.state().with(heard));
        }
        // Of two of a kind the first is kept, except a record's signature that completes the own record: with all M
        // signatures it counts always.
        if (held.isEmpty() ? isWhole(turn, packet) : completesOwn(turn, kind, packet)) {
            turn.become(turn.state().with(heard.with(kind, server, packet)));
        }
    }

    private static boolean isNoted(Heard heard, Heard.Kind kind, int server) {
        return heard.contradicted().containsKey(kind)
                && heard.contradicted().get(kind).contains(server);
    }

    /** A share whose bytes are not those that the signed reveal names is the fault of whoever passed it on: as if it had not come. */
    private static boolean isWhole(Turn turn, Packet<?> packet) {
        if (!(packet.statement().message() instanceof Reveal reveal)) {
            return true;
        }
        ByteString share = packet.body();
        return share.size() <= maxShare(turn)
                && TreeHash.rootOfChunks(share.unsafeArray()).equals(reveal.shareRoot());
    }

    private static int maxShare(Turn turn) {
        return Math.max(
                turn.attempt().epoch().policy().maxRoundBytes(),
                turn.attempt().layout().totalBytes());
    }

    private static boolean completesOwn(Turn turn, Heard.Kind kind, Packet<?> packet) {
        return kind == Heard.Kind.RECORD
                && packet.statement().message() instanceof Record
                && Endings.outcome(turn.state())
                        .map(outcome -> outcome.own()
                                .payload()
                                .equals(packet.statement().payload()))
                        .orElse(false);
    }
}
