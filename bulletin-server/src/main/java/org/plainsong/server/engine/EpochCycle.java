package org.plainsong.server.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.epoch.Parties;
import org.plainsong.core.epoch.SetupContext;
import org.plainsong.core.epoch.SetupEffect;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.Opening;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;

/**
 * From one epoch to the next (protocol §4): proposes or accepts, runs the setup, then the rounds, and begins anew when they are over. Also routes what belongs to
 * either.
 */
final class EpochCycle {
    /** How long a proposer waits for more members once enough are there. */
    private static final long SETTLE_MILLIS = 400;
    /** Pause after a setup that came to nothing. */
    private static final long PAUSE_MILLIS = 1000;
    /** How long a member may be here without taking part before it counts as waiting to join. */
    private static final long WAITING_MILLIS = 1000;
    /** How many proposals that cannot be judged yet are kept. */
    private static final int MAX_EARLY = 4;
    /** How many statements of a setup whose proposal has not come are kept. */
    private static final int MAX_EARLY_SETUP = 8192;
    /** A restarted server waits this many hard limits for what the others hold of the attempt it was in. */
    private static final int FINISHING_LIMITS = 3;

    private final Site site;
    private final Ledger ledger;
    private final Succession succession;
    private final List<Signed<Proposal>> proposals = new ArrayList<>();
    private final List<Packet<?>> early = new ArrayList<>();
    private final Settling settling = new Settling(SETTLE_MILLIS);
    private @Nullable SetupInHand setup;
    /** The last setup that came to nothing: members that it set aside may still answer. */
    private @Nullable SetupInHand unanswered;

    private @Nullable RoundsInHand rounds;
    private Optional<String> lastFailure = Optional.empty();
    private boolean starting;
    private boolean draining;
    private boolean drained;

    EpochCycle(Site site, Ledger ledger, Succession succession) {
        this.site = site;
        this.ledger = ledger;
        this.succession = succession;
    }

    Optional<SetupInHand> setup() {
        return Optional.ofNullable(setup);
    }

    Optional<RoundsInHand> rounds() {
        return Optional.ofNullable(rounds);
    }

    Succession succession() {
        return succession;
    }

    Optional<String> lastFailure() {
        return lastFailure;
    }

    void drain() {
        draining = true;
    }

    /** Number of the epoch in which this server holds secrets, 0 for none. */
    long secretsOf() {
        if (setup != null) {
            return setup.number();
        }
        return rounds != null && !rounds.isFinishing() ? rounds.number() : 0;
    }

    /** After a start: an attempt of the last epoch may be left to finish (protocol §4.2). */
    void resume() {
        site.chain().epoch().filter(view -> !view.ended()).ifPresent(view -> {
            rounds = RoundsInHand.finishing(site, ledger, EpochKeys.lost(view.opened(), site.encoding));
            site.desk.alarmIn(
                    Desk.Alarm.SUCCESSION,
                    (long) FINISHING_LIMITS * view.opened().policy().hardLimitMillis());
        });
    }

    /** The alarm that a setup may be begun. */
    void alarm() {
        if (rounds != null && rounds.isFinishing()) {
            rounds.giveUpFinishing();
        }
    }

    /**
     * A peer has shown a link that this server lacked: what it tried to finish is finished, but it may have got as far as the attempt after that link before it
     * was restarted.
     */
    void linkAdopted() {
        if (rounds != null && rounds.isFinishing()) {
            rounds.close();
            rounds = null;
            site.desk.cancel(Desk.Alarm.SUCCESSION);
            resume();
        }
    }

    /** A statement of a setup or a shuffle, whoever brought it. */
    void toSetup(Packet<?> packet) {
        SetupInHand making = setup;
        if (making != null && making.outcome().isEmpty()) {
            making.received(packet);
        } else if (early.size() < MAX_EARLY_SETUP) {
            early.add(packet);
        }
        SetupInHand ended = unanswered;
        if (ended != null && packet.statement().message() instanceof Opening) {
            ended.received(packet);
            ended.takeAnswered().forEach(succession::readmit);
        }
        RoundsInHand running = rounds;
        if (running != null && packet.statement().message() instanceof Confirmation) {
            running.lateConfirmation(cast(packet.statement(), Confirmation.class));
        }
    }

    /** A proposal of a peer; judged when nothing else is in hand. */
    void keep(Signed<Proposal> proposal) {
        if (proposals.size() >= MAX_EARLY) {
            proposals.remove(0);
        }
        proposals.add(proposal);
        if (rounds != null && proposal.message().prev().equals(site.chain().prev())) {
            rounds.proposalSeen();
        }
    }

    /** Goes on as far as it can after an event. */
    void progress() {
        SetupInHand making = setup;
        if (making != null) {
            making.outcome().ifPresent(outcome -> conclude(making, outcome));
        }
        RoundsInHand running = rounds;
        if (running != null) {
            running.progress(endWished());
            running.failure().ifPresent(why -> lastFailure = Optional.of(why));
        }
        boolean between = setup == null && (rounds == null || rounds.isOver()) && !starting;
        if (between && draining && !drained && !site.desk.writing()) {
            drained = true;
            site.desk.add(new ServerEffect.Drained());
        }
        if (between && !draining && !site.desk.isSet(Desk.Alarm.SUCCESSION)) {
            succeed();
        }
    }

    private boolean endWished() {
        return draining
                || site.roster.hasNews()
                || (rounds != null
                        && rounds.at().round() >= site.chain().roster().policy().minEpochRounds()
                        && site.attendance.someoneWaits(site.desk.now(), WAITING_MILLIS));
    }

    private void succeed() {
        List<Signed<Proposal>> waiting = List.copyOf(proposals);
        for (Signed<Proposal> proposal : waiting) {
            Optional<Roster> roster = site.roster.at(proposal.message().roster());
            int from = site.peers.numberOf(proposal.signer());
            if (roster.isEmpty()
                    || !proposal.message().prev().equals(site.chain().prev())) {
                continue;
            }
            proposals.remove(proposal);
            Optional<String> refusal = succession.refusal(
                    proposal.message(),
                    from,
                    site.peers.count(),
                    roster.get(),
                    site.chain().prev());
            if (refusal.isPresent()) {
                site.desk.info("proposal refused: " + refusal.get());
                site.uninformed(proposal.signer());
            } else {
                begin(proposal, roster.get(), false);
                return;
            }
        }
        propose();
    }

    private void propose() {
        long number = succession.next(site.peers.highestNumberSeen());
        if (!site.peers.allUp() || Succession.proposerOf(number, site.peers.count()) != site.peers.own()) {
            return;
        }
        Roster roster = site.roster.latest();
        List<MemberId> eligible = succession.eligible(roster);
        int present = 0;
        for (MemberId member : eligible) {
            present += site.attendance.isPresent(member) ? 1 : 0;
        }
        long remaining = settling.remaining(present, site.desk.now());
        if (present < roster.policy().minParticipants()) {
            return;
        }
        if (present < eligible.size() && remaining > 0) {
            site.desk.alarmIn(Desk.Alarm.SUCCESSION, remaining);
            return;
        }
        Proposal proposal = new Proposal(
                site.identity.group(),
                number,
                roster.hash(),
                eligible,
                site.chain().prev());
        starting = true;
        succession.use(number);
        site.desk.store(new StoreWrite.EpochNumberUsed(number), () -> {
            starting = false;
            begin(site.identity.signer().sign(proposal), roster, true);
        });
    }

    private void begin(Signed<Proposal> proposal, Roster roster, boolean own) {
        long number = proposal.message().epoch();
        if (own) {
            site.peers.broadcast(site.desk, new Frame.Statement(Packet.of(proposal)));
            enter(proposal, roster);
            return;
        }
        starting = true;
        succession.use(number);
        site.desk.store(new StoreWrite.EpochNumberUsed(number), () -> {
            starting = false;
            enter(proposal, roster);
        });
    }

    private void enter(Signed<Proposal> proposal, Roster roster) {
        SortedMap<MemberId, PublicKey> keys = new TreeMap<>();
        for (MemberId member : proposal.message().eligible()) {
            keys.put(member, roster.memberKey(member).orElseThrow());
        }
        List<PublicKey> servers =
                roster.servers().stream().map(ServerEntry::key).toList();
        SetupContext context = SetupContext.of(
                proposal,
                roster.policy(),
                new Parties(servers, keys),
                site.identity.signer(),
                site.identity.check(),
                site.chain().timeMillis());
        if (rounds != null) {
            rounds.close();
            rounds = null;
        }
        SetupInHand making = SetupInHand.begin(site, context);
        setup = making;
        List<Packet<?>> held = List.copyOf(early);
        early.clear();
        for (Packet<?> packet : held) {
            if (making.outcome().isEmpty()) {
                making.received(packet);
            }
        }
    }

    private void conclude(SetupInHand ended, SetupInHand.Outcome outcome) {
        site.desk.cancel(Desk.Alarm.SETUP);
        setup = null;
        switch (outcome) {
            case SetupInHand.Outcome.Open open -> open(ended, open.opened());
            case SetupInHand.Outcome.Void gone -> {
                succession.setAside(gone.voided().setAside());
                unanswered = ended;
                lastFailure = Optional.of(
                        "epoch " + ended.number() + ": " + gone.voided().reason());
                site.desk.info("setup of epoch " + ended.number() + " came to nothing: "
                        + gone.voided().reason());
                site.desk.alarmIn(Desk.Alarm.SUCCESSION, PAUSE_MILLIS);
            }
        }
    }

    private void open(SetupInHand ended, SetupEffect.Opened opened) {
        List<Entry> entries = new ArrayList<>();
        long index = site.chain().size();
        for (Signed<RosterEntry> entry :
                site.roster.upTo(ended.context().proposal().message().roster())) {
            entries.add(site.entries.roster(index++, entry));
        }
        ByteString bundle = site.encoding.bundle(opened.bundle());
        entries.add(site.entries.opening(index, opened.record(), bundle));
        starting = true;
        ledger.append(entries, List.of(bundle), () -> {
            starting = false;
            EpochKeys keys = EpochKeys.of(
                    site.chain().epoch().orElseThrow().opened(), opened.padSecrets(), opened.leaves(), site.encoding);
            site.attendance.epochBegan(site.desk.now());
            rounds = RoundsInHand.begin(site, ledger, keys);
        });
    }

    /** The same statement with the type that its message has. */
    static <M extends Message> Signed<M> cast(Signed<?> signed, Class<M> type) {
        return new Signed<>(type.cast(signed.message()), signed.payload(), signed.signatures());
    }
}
