package org.plainsong.core.epoch;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.Announcement;
import org.plainsong.core.message.ChainCheck;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.ConfirmationSet;
import org.plainsong.core.message.Declaration;
import org.plainsong.core.message.Enrolment;
import org.plainsong.core.message.EnrolmentCheck;
import org.plainsong.core.message.EnrolmentRef;
import org.plainsong.core.message.EnrolmentSet;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Hop;
import org.plainsong.core.message.InnerSeed;
import org.plainsong.core.message.ItemRef;
import org.plainsong.core.message.Link;
import org.plainsong.core.message.LostSeed;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.OpeningSet;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signature;
import org.plainsong.core.message.Signed;
import org.plainsong.core.message.Stopped;
import org.plainsong.core.message.Submission;
import org.plainsong.core.message.TagOpening;
import org.plainsong.core.message.TagOpeningSet;
import org.plainsong.core.shuffle.ShuffleList;
import org.plainsong.core.verdict.Evidence;
import org.plainsong.core.verdict.Rule;
import org.plainsong.core.verdict.Violation;

/** Puts what comes in into the book: of this epoch, by who it says, one statement under one key (protocol §4.2). Everything else is ignored. */
final class Absorb {
    private final Turn turn;
    private final @Nullable Terms terms;

    private Absorb(Turn turn, @Nullable Terms terms) {
        this.turn = turn;
        this.terms = terms;
    }

    /** Notes a statement; terms are null before all announcements are there. */
    static void note(Turn turn, @Nullable Terms terms, Packet<?> packet) {
        new Absorb(turn, terms).note(packet);
    }

    private void note(Packet<?> packet) {
        Signed<?> statement = packet.statement();
        if (statement.message() instanceof OpeningRecord record) {
            noteRecord(statement, record);
            return;
        }
        if (statement.signatures().size() != 1) {
            return;
        }
        switch (statement.message()) {
            case Message.OfSetup setup -> noteSetup(packet, setup);
            case Message.OfShuffle shuffle -> {
                if (terms != null && shuffle.run().equals(terms.run())) {
                    noteShuffle(packet, shuffle);
                }
            }
            case Message.OfAttempt attempt -> {
                if (attempt instanceof Failed failed
                        && failed.at().equals(turn.context().attempt())) {
                    noteServer(Book.Kind.OUTCOME, failed.server(), packet);
                }
            }
            case Message.OfGroup other -> {}
        }
    }

    private void noteSetup(Packet<?> packet, Message.OfSetup message) {
        switch (message) {
            case Proposal p -> noteProposal(packet, p);
            case Announcement a -> noteOurs(a.epoch(), Book.Kind.ANNOUNCEMENT, a.server(), packet);
            case EnrolmentSet s -> noteOurs(s.epoch(), Book.Kind.ENROLMENT_SET, s.server(), packet);
            case EnrolmentCheck c -> noteOurs(c.epoch(), Book.Kind.ENROLMENT_CHECK, c.server(), packet);
            case TagOpeningSet s -> noteOurs(s.epoch(), Book.Kind.TAG_OPENING_SET, s.server(), packet);
            case Enrolment e -> {
                if (ours(e.epoch())) {
                    noteEnrolment(as(packet));
                }
            }
            case TagOpening o -> {
                if (ours(o.epoch()) && signedBy(o.member(), packet)) {
                    turn.hold(turn.book().withTagOpening(new ItemRef(o.member(), o.server()), as(packet)));
                }
            }
            case OpeningRecord r -> throw new IllegalStateException("an opening record is noted by its signatures");
        }
    }

    private void noteOurs(EpochId epoch, Book.Kind kind, int server, Packet<?> packet) {
        if (ours(epoch)) {
            noteServer(kind, server, packet);
        }
    }

    private void noteShuffle(Packet<?> packet, Message.OfShuffle message) {
        switch (message) {
            case Hop hop -> noteHop(packet, hop);
            case Declaration d -> noteServer(Book.Kind.HOP, d.server(), Packet.of(packet.statement()));
            case ChainCheck c -> noteServer(Book.Kind.CHAIN_CHECK, c.server(), packet);
            case ConfirmationSet s -> noteServer(Book.Kind.CONFIRMATION_SET, s.server(), packet);
            case InnerSeed s -> noteServer(Book.Kind.REVEAL, s.server(), packet);
            case Stopped s -> noteServer(Book.Kind.REVEAL, s.server(), packet);
            case Link l -> noteServer(Book.Kind.LINK, l.server(), packet);
            case OpeningSet s -> noteServer(Book.Kind.OPENING_SET, s.server(), packet);
            case Confirmation c -> {
                if (signedBy(c.member(), packet)) {
                    turn.hold(turn.book().withConfirmation(as(packet)));
                }
            }
            case Opening o -> {
                if (signedBy(o.member(), packet)) {
                    turn.hold(turn.book().withOpening(new ItemRef(o.member(), o.index()), as(packet)));
                }
            }
            case LostSeed l -> {
                if (signedBy(l.member(), packet)) {
                    turn.hold(turn.book().withLost(as(packet)));
                }
            }
            case Submission s -> {
                // Items of a setup stand in the enrolment.
            }
        }
    }

    /** A second proposal under one number has another epoch id and is known by its number. */
    private void noteProposal(Packet<?> packet, Proposal proposal) {
        SetupContext context = turn.context();
        Proposal own = context.proposal().message();
        PublicKey proposer = context.proposal().signer();
        if (proposal.group().equals(own.group())
                && proposal.epoch() == own.epoch()
                && packet.statement().signer().equals(proposer)
                && !packet.statement().payload().equals(context.proposal().payload())) {
            turn.found(
                    Violation.of(proposer, Rule.TWO_STATEMENTS, Evidence.of(context.proposal(), packet.statement())));
        }
    }

    private void noteEnrolment(Signed<Enrolment> enrolment) {
        MemberId member = enrolment.message().member();
        if (!turn.context().parties().isMember(member, enrolment.signer())) {
            return;
        }
        // Before the announcements are here (another server may have offered earlier) the shape cannot be judged yet.
        boolean counts = terms == null || terms.isWellFormed(enrolment.message());
        if (!counts && !isListed(Hash.sha256(enrolment.payload()))) {
            return;
        }
        turn.hold(turn.book().withEnrolment(enrolment, counts));
        List<Signed<Enrolment>> held = turn.book().enrolments().getOrDefault(member, List.of());
        if (held.size() > 1) {
            turn.found(Violation.of(member, Rule.TWO_ENROLMENTS, Evidence.of(held.get(0), held.get(1))));
        }
    }

    /** Whether a server's set names this enrolment: then it is wanted whatever its shape. */
    private boolean isListed(ByteString hash) {
        for (int j = 1; j <= turn.context().servers(); j++) {
            Optional<Signed<EnrolmentSet>> set = turn.book().statement(Book.Kind.ENROLMENT_SET, j, EnrolmentSet.class);
            if (set.isPresent()) {
                for (EnrolmentRef ref : set.get().message().entries()) {
                    if (ref.hash().equals(hash)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A hop counts with a list that has its root; without, it is still a statement under its key. */
    private void noteHop(Packet<?> packet, Hop hop) {
        int server = hop.server();
        Signed<?> statement = packet.statement();
        noteServer(Book.Kind.HOP, server, Packet.of(statement));
        Packet<?> held = turn.book().server(Book.Kind.HOP, server);
        boolean wanted = held != null
                && held.statement().payload().equals(statement.payload())
                && !turn.book().lists().containsKey(server);
        if (wanted) {
            ShuffleList.fromBody(packet.body())
                    .filter(list -> list.root().equals(hop.out()))
                    .ifPresent(list -> turn.hold(turn.book()
                            .withServer(new Book.Key(Book.Kind.HOP, server), packet)
                            .withList(server, list)));
        }
    }

    /** A record carries one signature or all M; each is its signer's statement. */
    private void noteRecord(Signed<?> statement, OpeningRecord record) {
        if (!ours(record.epoch())) {
            return;
        }
        for (Signature signature : statement.signatures()) {
            int server = turn.context().parties().servers().indexOf(signature.signer()) + 1;
            if (server > 0) {
                noteServer(
                        Book.Kind.OUTCOME,
                        server,
                        Packet.of(new Signed<>(record, statement.payload(), List.of(signature))));
            }
        }
    }

    private void noteServer(Book.Kind kind, int server, Packet<?> packet) {
        Signed<?> statement = packet.statement();
        if (!turn.context().parties().isServer(server, statement.signer())) {
            return;
        }
        Packet<?> before = turn.book().server(kind, server);
        if (before == null) {
            turn.hold(turn.book().withServer(new Book.Key(kind, server), packet));
        } else if (!before.statement().payload().equals(statement.payload())
                || !before.statement()
                        .message()
                        .type()
                        .equals(statement.message().type())) {
            turn.found(
                    Violation.of(statement.signer(), Rule.TWO_STATEMENTS, Evidence.of(before.statement(), statement)));
        }
    }

    private boolean ours(EpochId epoch) {
        return turn.context().epoch().equals(epoch);
    }

    private boolean signedBy(MemberId member, Packet<?> packet) {
        return turn.context().parties().isMember(member, packet.statement().signer());
    }

    @SuppressWarnings("unchecked") // Each caller has looked at the message's class.
    private static <M extends Message> Signed<M> as(Packet<?> packet) {
        return (Signed<M>) packet.statement();
    }
}
