package org.plainsong.core.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.Commitment;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Reveal;
import org.plainsong.core.message.Signed;

/** Server 1 of three with four members in round 1, and what the other two honestly say, by hand. */
final class Situation {
    final TestEpoch epoch = new TestEpoch("situation", 3, 4);
    final AttemptContext attempt = epoch.first();
    final AgreementContext self = epoch.at(1, attempt);
    final List<Packet<Header>> submissions = new ArrayList<>();

    private AgreementState state = Agreement.start();
    private List<AgreementEffect> effects = List.of();

    Situation() {
        for (int member = 0; member < 4; member++) {
            submissions.add(epoch.submit(member, attempt, Map.of()));
        }
    }

    AgreementState state() {
        return state;
    }

    /** Effects of the last event. */
    List<AgreementEffect> effects() {
        return effects;
    }

    Situation on(AgreementEvent event) {
        Step<AgreementState, AgreementEffect> step = Agreement.step(self, state, event);
        state = step.next();
        effects = step.effects();
        return this;
    }

    Situation hears(Packet<?>... packets) {
        List<AgreementEffect> all = new ArrayList<>();
        for (Packet<?> packet : packets) {
            on(new AgreementEvent.Said(packet));
            all.addAll(effects);
        }
        effects = all;
        return this;
    }

    Situation deadline(AgreementEvent.Deadline deadline) {
        return on(new AgreementEvent.DeadlinePassed(deadline));
    }

    /** Members 0 and 1 submit at server 1, 2 at server 2, 3 at server 3. */
    static int serverOf(int member) {
        return Math.max(1, member);
    }

    Situation closes() {
        return on(new AgreementEvent.WindowClosed(headersAt(1), List.of(), List.of(), false));
    }

    private List<Signed<Header>> headersAt(int server) {
        List<Signed<Header>> headers = new ArrayList<>();
        for (int member = 0; member < 4; member++) {
            if (serverOf(member) == server) {
                headers.add(submissions.get(member).statement());
            }
        }
        return headers;
    }

    Inventory inventoryOf(int server) {
        return new Inventory(attempt.at(), attempt.prev(), server, headersAt(server), List.of(), List.of(), false);
    }

    Packet<Inventory> inventory(int server) {
        return Packet.of(epoch.server(server).sign(inventoryOf(server)));
    }

    RoundPlan plan() {
        return RoundPlan.of(
                attempt,
                List.of(
                        inventory(1).statement(),
                        inventory(2).statement(),
                        inventory(3).statement()),
                TestEpoch.CHECK);
    }

    ByteString share(int server) {
        List<ByteString> attached = new ArrayList<>();
        for (int member : plan().attachedTo(server)) {
            attached.add(submissions.get(member).body());
        }
        return Shares.compute(
                epoch.serverPads(server),
                Ciphertexts.nonce(attempt),
                plan().participants(),
                attached,
                attempt.layout().totalBytes(),
                ParallelWork.HERE);
    }

    ByteString nonce(int server) {
        return epoch.hash("nonce " + server);
    }

    Situation shareReady() {
        return on(new AgreementEvent.ShareReady(share(1), nonce(1), 2_000_001));
    }

    Packet<Commitment> commitment(int server) {
        return commitment(server, plan().clear());
    }

    Packet<Commitment> commitment(int server, ByteString clear) {
        return Packet.of(epoch.server(server)
                .sign(new Commitment(
                        attempt.at(),
                        server,
                        clear,
                        2_000_000 + server,
                        RoundHashes.commitment(attempt.at(), server, clear, nonce(server), share(server)))));
    }

    Packet<Reveal> reveal(int server) {
        return reveal(server, share(server));
    }

    Packet<Reveal> reveal(int server, ByteString share) {
        List<Signed<Commitment>> commitments = List.of(
                commitment(1).statement(),
                commitment(2).statement(),
                commitment(3).statement());
        return new Packet<>(
                epoch.server(server)
                        .sign(new Reveal(
                                attempt.at(),
                                server,
                                RoundHashes.commitments(commitments),
                                nonce(server),
                                TreeHash.rootOfChunks(share.unsafeArray()))),
                share);
    }

    Record expectedRecord() {
        return RecordBuilder.build(
                attempt,
                plan(),
                List.of(
                        commitment(1).statement(),
                        commitment(2).statement(),
                        commitment(3).statement()),
                List.of(reveal(1), reveal(2), reveal(3)),
                Shares.combine(List.of(share(1), share(2), share(3))));
    }

    Packet<Record> record(int server) {
        return Packet.of(epoch.server(server).sign(expectedRecord()));
    }

    Packet<Failed> failed(int server, boolean revealed) {
        return Packet.of(epoch.server(server)
                .sign(new Failed(
                        attempt.at(),
                        attempt.prev(),
                        server,
                        ByteString.EMPTY,
                        ByteString.EMPTY,
                        ByteString.EMPTY,
                        revealed)));
    }

    // The ways into the states.

    static Situation collecting() {
        return new Situation();
    }

    static Situation inventoried() {
        return collecting().closes();
    }

    static Situation sharing() {
        Situation s = inventoried();
        return s.hears(s.inventory(2), s.inventory(3));
    }

    static Situation committed() {
        return sharing().shareReady();
    }

    static Situation revealed() {
        Situation s = committed();
        return s.hears(s.commitment(2), s.commitment(3));
    }

    static Situation certifying() {
        Situation s = revealed();
        return s.hears(s.reveal(2), s.reveal(3));
    }

    static Situation certified() {
        Situation s = certifying().on(new AgreementEvent.Stored(AgreementEvent.Written.RECORD));
        return s.hears(s.record(2), s.record(3));
    }

    static Situation failedSigned() {
        return collecting().on(new AgreementEvent.ProposalSeen());
    }

    static Situation failedSaid() {
        return failedSigned().on(new AgreementEvent.Stored(AgreementEvent.Written.FAILED));
    }

    /** The packet of this type that the last event said to all, if one. */
    <M extends Message> List<Packet<?>> said(Class<M> type) {
        List<Packet<?>> said = new ArrayList<>();
        for (AgreementEffect effect : effects) {
            if (effect instanceof AgreementEffect.Say say
                    && type.isInstance(say.packet().statement().message())) {
                said.add(say.packet());
            }
        }
        return said;
    }

    /** The failed statement that the last event wrote. */
    Failed wroteFailed() {
        return effects.stream()
                .filter(effect -> effect instanceof AgreementEffect.StoreFailed)
                .map(effect -> ((AgreementEffect.StoreFailed) effect).failed().message())
                .findFirst()
                .orElseThrow();
    }
}
