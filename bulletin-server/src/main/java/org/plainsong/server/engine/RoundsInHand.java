package org.plainsong.server.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.machine.Step;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Record;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.Agreement;
import org.plainsong.core.round.AgreementContext;
import org.plainsong.core.round.AgreementEffect;
import org.plainsong.core.round.AgreementEvent;
import org.plainsong.core.round.AgreementState;
import org.plainsong.core.round.AttemptContext;
import org.plainsong.core.round.RoundPlan;
import org.plainsong.core.round.Window;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EpochView;

/** Runs the rounds of one epoch at this server: one attempt after the other, each with its window and its agreement (protocol §5). */
final class RoundsInHand {
    /** Statements of the attempt to come that may be held while this one is being finished. */
    private static final int MAX_EARLY = 64;
    /** After so many failed attempts of one round, an epoch is given up in which fewer members are expected than a round needs. */
    private static final int HOPELESS_ATTEMPTS = 3;

    private final Site site;
    private final Ledger ledger;
    private final EpochKeys keys;
    private final Deque<AgreementEvent> pending = new ArrayDeque<>();
    private final List<Packet<?>> early = new ArrayList<>();
    private final SortedMap<MemberId, Packet<Header>> earlySubmissions = new TreeMap<>();
    private final SortedSet<Integer> restarted = new TreeSet<>();
    private AgreementContext context;
    private AgreementState state;
    private @Nullable AgreementState previous;
    private @Nullable AttemptShare share;
    private final BitSet mine = new BitSet();
    private boolean attemptOver;
    private boolean over;
    private boolean finishing;
    private boolean proposalSeen;
    private Optional<String> failure = Optional.empty();
    private Optional<String> waitingFor = Optional.empty();

    private RoundsInHand(Site site, Ledger ledger, EpochKeys keys) {
        this.site = site;
        this.ledger = ledger;
        this.keys = keys;
        this.context = contextNow();
        this.state = Agreement.start();
    }

    /** The first attempt of an epoch that has just been opened. */
    static RoundsInHand begin(Site site, Ledger ledger, EpochKeys keys) {
        RoundsInHand phase = new RoundsInHand(site, ledger, keys);
        for (MemberId member : site.attendance.submitting()) {
            phase.mark(member);
        }
        phase.startAttempt();
        return phase;
    }

    /** After a restart: only tries to finish the attempt that may have been in hand (protocol §4.2). */
    static RoundsInHand finishing(Site site, Ledger ledger, EpochKeys keys) {
        RoundsInHand phase = new RoundsInHand(site, ledger, keys);
        phase.finishing = true;
        Step<AgreementState, AgreementEffect> step = Agreement.restarted(phase.context);
        phase.state = step.next();
        phase.carryOut(step.effects());
        return phase;
    }

    private AgreementContext contextNow() {
        EpochView view = site.chain().epoch().orElseThrow();
        AttemptContext attempt = new AttemptContext(
                keys.epoch(),
                view.next(),
                view.prev(),
                view.layout(),
                view.confirmed(),
                view.expected(),
                site.chain().timeMillis());
        return new AgreementContext(attempt, site.peers.own(), site.identity.signer(), site.identity.check());
    }

    private void startAttempt() {
        context = contextNow();
        state = Agreement.start();
        attemptOver = false;
        site.desk.cancel(Desk.Alarm.PHASE);
        site.desk.cancel(Desk.Alarm.ASK);
        AttemptContext attempt = context.attempt();
        ByteString ownExpected = BitSets.of(attempt.epoch().memberCount(), mine::get);
        share = new AttemptShare(attempt, ownExpected, keys, site.work, site.desk.now());
        share.prepare();
        List<Packet<?>> held = List.copyOf(early);
        early.clear();
        for (Packet<?> packet : held) {
            fromPeer(packet);
        }
        List<Packet<Header>> submissions = List.copyOf(earlySubmissions.values());
        earlySubmissions.clear();
        for (Packet<Header> packet : submissions) {
            if (packet.statement().message().at().equals(at())) {
                share.submit(packet, site.desk.now());
            }
        }
    }

    /** Number of the epoch. */
    long number() {
        return keys.number();
    }

    /** Whether no further attempt begins in this epoch and the one in hand has come to its end as far as this server can bring it. */
    boolean isOver() {
        return over;
    }

    /** Whether this server has restarted in this epoch and has none of its secrets. */
    boolean isFinishing() {
        return finishing;
    }

    /** A restarted server has waited long enough for what the others hold: nothing of the old epoch is left to finish. */
    void giveUpFinishing() {
        over = over || finishing;
    }

    /** Why the last attempt failed, if one did. */
    Optional<String> failure() {
        return failure;
    }

    Optional<String> waitingFor() {
        return waitingFor;
    }

    AttemptId at() {
        return context.attempt().at();
    }

    /** What a member needs that confirms late. */
    Optional<Frame.Leaves> leaves() {
        return keys.leaves();
    }

    // ---- what comes in ----

    void submission(Packet<Header> packet, long connection) {
        MemberId member = packet.statement().message().member();
        if (share == null || packet.statement().message().at().compareTo(at()) > 0) {
            // From a member that has the next link from another server already.
            earlySubmissions.put(member, packet);
            return;
        }
        switch (share.submit(packet, site.desk.now())) {
            case Window.Answer.Accepted ignored -> site.attendance.takesPart(member);
            case Window.Answer.Again ignored -> {}
            case Window.Answer.Second second -> site.found(second.violation());
            case Window.Answer.Refused refused -> refuse(member, connection, refused.why());
        }
    }

    private void refuse(MemberId member, long connection, Window.Refusal why) {
        String code = "submission-" + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        site.desk.add(new ServerEffect.ToMember(
                member,
                connection,
                new Frame.Problem(
                        code, "the submission was not taken for " + at(words(why)) + "; wait for the next record")));
    }

    void hello(Signed<Hello> hello) {
        if (hello.message().epoch().equals(keys.epoch().epoch())) {
            site.attendance.takesPart(hello.message().member());
            if (share != null) {
                share.hello(hello);
            }
        }
    }

    void lateConfirmation(Signed<Confirmation> confirmation) {
        if (share != null) {
            share.confirmation(confirmation);
        }
    }

    void fromPeer(Packet<?> packet) {
        if (!(packet.statement().message() instanceof Message.OfAttempt statement)) {
            return;
        }
        AttemptId at = statement.at();
        if (at.equals(at())) {
            feed(new AgreementEvent.Said(packet));
        } else if (at.epoch().equals(at().epoch()) && at.compareTo(at()) > 0 && early.size() < MAX_EARLY) {
            early.add(packet);
        }
    }

    void peerUp(int server, boolean hasRestarted) {
        if (hasRestarted && !over) {
            restarted.add(server);
            feed(new AgreementEvent.PeerRestarted(server));
        }
        if (previous != null) {
            send(server, Agreement.said(previous, site.peers.own()));
        }
        send(server, Agreement.said(state, site.peers.own()));
    }

    private void send(int server, List<Packet<?>> packets) {
        for (Packet<?> packet : packets) {
            site.peers.send(site.desk, server, new Frame.Statement(packet));
        }
    }

    void proposalSeen() {
        proposalSeen = true;
        feed(new AgreementEvent.ProposalSeen());
    }

    void asked(int server, Frame.Fetch.OfAttempt what) {
        Agreement.answer(state, what)
                .or(() -> previous == null ? Optional.empty() : Agreement.answer(previous, what))
                .ifPresent(packet -> site.peers.send(site.desk, server, new Frame.Statement(packet)));
    }

    void alarm(Desk.Alarm alarm) {
        switch (alarm) {
            case PHASE -> feed(new AgreementEvent.DeadlinePassed(AgreementEvent.Deadline.PHASE));
            case ASK -> feed(new AgreementEvent.DeadlinePassed(AgreementEvent.Deadline.ASK));
            case WINDOW, SETUP, SUCCESSION -> {}
        }
    }

    /** Closes the window if it is time, begins the next attempt if the last one is over. */
    void progress(boolean endWish) {
        AttemptShare open = share;
        if (open != null && !open.isClosed()) {
            long at = open.closesAt();
            if (at <= site.desk.now()) {
                site.desk.cancel(Desk.Alarm.WINDOW);
                AgreementEvent.WindowClosed closed = open.close(endWish);
                mine.clear();
                closed.hellos().forEach(hello -> mark(hello.message().member()));
                feed(closed);
            } else {
                site.desk.alarmAt(Desk.Alarm.WINDOW, at);
            }
        }
        if (attemptOver && !over) {
            previous = state;
            startAttempt();
            progress(endWish);
        }
    }

    private void mark(MemberId member) {
        int index = keys.epoch().indexOf(member);
        if (index >= 0) {
            mine.set(index);
        }
    }

    /** The epoch is given up for the next one: its secrets are wiped. */
    void close() {
        share = null;
        site.desk.cancel(Desk.Alarm.WINDOW);
        site.desk.cancel(Desk.Alarm.PHASE);
        site.desk.cancel(Desk.Alarm.ASK);
        keys.wipe();
    }

    // ---- the machine ----

    private void feed(AgreementEvent event) {
        pending.add(event);
        if (pending.size() > 1) {
            return;
        }
        while (!pending.isEmpty()) {
            Step<AgreementState, AgreementEffect> step = Agreement.step(context, state, pending.peek());
            state = step.next();
            carryOut(step.effects());
            pending.remove();
        }
    }

    private void carryOut(List<AgreementEffect> effects) {
        for (AgreementEffect effect : effects) {
            switch (effect) {
                case AgreementEffect.Say say -> site.peers.broadcast(site.desk, new Frame.Statement(say.packet()));
                case AgreementEffect.Send send ->
                    site.peers.send(site.desk, send.server(), new Frame.Statement(send.packet()));
                case AgreementEffect.Ask ask -> site.peers.send(site.desk, ask.server(), ask.what());
                case AgreementEffect.ComputeShare compute ->
                    feed(new AgreementEvent.ShareReady(
                            shareOf(compute.plan()), ByteString.wrap(site.randomness.bytes(32)), site.desk.now()));
                case AgreementEffect.SetDeadline set -> site.desk.alarmIn(alarmOf(set.deadline()), set.millis());
                case AgreementEffect.StoreFailed store -> storeFailed(store);
                case AgreementEffect.StoreRecord store -> storeRecord(store);
                case AgreementEffect.Certified certified -> certified(certified);
                case AgreementEffect.AttemptFailed failed -> attemptFailed(failed);
                case AgreementEffect.EpochOver gone -> epochOver("the epoch ends: " + words(gone.reason()));
                case AgreementEffect.Found found -> site.found(found.violation());
                case AgreementEffect.GivesUp up -> failure = Optional.of(at(words(up.reason())));
                case AgreementEffect.WaitsFor waits -> waitingFor = Optional.of(waiting(waits));
                case AgreementEffect.RecordDiffers differs ->
                    site.desk.warn(at("server " + site.peers.nameOf(differs.server())
                            + " signed another record than the one that follows from the statements"));
            }
        }
    }

    private ByteString shareOf(RoundPlan plan) {
        if (share == null) {
            throw new IllegalStateException("a share is wanted where no window was: " + at());
        }
        return share.share(plan, site.peers.own());
    }

    private static Desk.Alarm alarmOf(AgreementEvent.Deadline deadline) {
        return switch (deadline) {
            case PHASE -> Desk.Alarm.PHASE;
            case ASK -> Desk.Alarm.ASK;
        };
    }

    private void storeFailed(AgreementEffect.StoreFailed store) {
        AttemptId at = at();
        site.desk.store(
                new StoreWrite.StatementSigned(StoredKeys.failed(at), site.encoding.envelope(store.failed())),
                () -> storedFor(at, AgreementEvent.Written.FAILED));
    }

    private void storeRecord(AgreementEffect.StoreRecord store) {
        AttemptId at = at();
        Entry entry = site.entries.record(site.chain().size(), store.own(), store.output());
        site.desk.store(
                new StoreWrite.PendingRecord(entry, store.shares()),
                () -> storedFor(at, AgreementEvent.Written.RECORD));
    }

    private void storedFor(AttemptId at, AgreementEvent.Written what) {
        if (at.equals(at())) {
            feed(new AgreementEvent.Stored(what));
        }
    }

    private void certified(AgreementEffect.Certified certified) {
        Entry entry = site.entries.record(site.chain().size(), certified.record(), certified.output());
        Record record = certified.record().message();
        ledger.appendPending(entry, certified.shares());
        ByteString participants = record.participants();
        for (int i = 0; i < participants.size(); i++) {
            if (participants.at(i) == site.peers.own()) {
                mine.set(i);
            }
        }
        if (share != null) {
            keys.keep(share, participants.toByteArray(), site.peers.own());
        }
        waitingFor = Optional.empty();
        attemptOver = true;
        if (record.last() || finishing || proposalSeen || !restarted.isEmpty()) {
            over = true;
        }
    }

    private void attemptFailed(AgreementEffect.AttemptFailed failed) {
        ledger.append(List.of(site.entries.failed(site.chain().size(), failed.link())), List.of(), () -> {});
        site.desk.info(at("failed: " + failure.orElse("")));
        if (share != null) {
            share.submissions().keySet().forEach(mine::set);
            share.discard();
        }
        waitingFor = Optional.empty();
        attemptOver = true;
        if (finishing || proposalSeen || !restarted.isEmpty()) {
            over = true;
        } else if (isHopeless()) {
            epochOver("the epoch ends: too few of its members are left");
        }
    }

    /** Whoever is here may have no part in this epoch, its secrets lost with a restart. All servers come to this by the same link. */
    private boolean isHopeless() {
        EpochView view = site.chain().epoch().orElseThrow();
        return view.next().attempt() >= HOPELESS_ATTEMPTS
                && BitSets.count(view.expected()) < view.opened().policy().minParticipants();
    }

    private void epochOver(String why) {
        if (!over) {
            over = true;
            failure = Optional.of(at(why));
            site.desk.info(at(why));
        }
    }

    private String waiting(AgreementEffect.WaitsFor waits) {
        List<String> names = new ArrayList<>();
        for (int server : waits.servers()) {
            names.add(site.peers.nameOf(server));
        }
        return waits.kind().type() + " of server " + String.join(", ", names);
    }

    private String at(String what) {
        return "epoch " + number() + " round " + at().round() + " attempt " + at().attempt() + ": " + what;
    }

    private static String words(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
