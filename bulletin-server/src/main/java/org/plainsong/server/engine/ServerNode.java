package org.plainsong.server.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.OpeningRecord;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.Proposal;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.core.transcript.Chain;
import org.plainsong.core.transcript.Entry;

/**
 * A server's part in one group (protocol §4, §5): one epoch after the other, each with its setup and its rounds. Single-threaded and free of I/O; a driver brings
 * events and carries out effects in order.
 */
public final class ServerNode {
    /** A hello that is sent to tell where this server stands answers no challenge. */
    private static final ByteString NO_CHALLENGE = ByteString.wrap(new byte[Frame.Challenge.SIZE]);

    private final Site site;
    private final Ledger ledger;
    private final EpochCycle cycle;
    private final Status status;
    private Optional<String> diskProblem = Optional.empty();
    private @Nullable ServerSnapshot shown;

    /**
     * A node that goes on from what is on its disk.
     *
     * @param identity group and key
     * @param stored what the disk holds; entries are read here once
     * @param randomness for epoch keys and nonces
     * @param work where long computations are done
     * @param encoding how statements become bytes
     * @throws IllegalStateException if the stored transcript does not hold together
     */
    public ServerNode(
            NodeIdentity identity, StoredState stored, Randomness randomness, ParallelWork work, Encoding encoding) {
        Chain chain = Ledger.replay(stored.entries(), identity.check());
        RosterDesk roster = new RosterDesk(chain.roster(), stored.heldRoster(), identity.check());
        this.site = new Site(identity, chain, roster, randomness, work, encoding);
        site.givenUp.restore(stored.signed(), encoding);
        this.ledger = new Ledger(site);
        this.cycle =
                new EpochCycle(site, ledger, new Succession(Math.max(stored.epochNumberUsed(), chain.epochNumber())));
        this.status = new Status(site, cycle);
    }

    /** One event at this time (Unix milliseconds): what is to happen, in order. */
    public List<ServerEffect> handle(long nowMillis, ServerEvent event) {
        site.desk.begin(nowMillis);
        dispatch(event);
        cycle.progress();
        for (PublicKey peer : site.takeUninformed()) {
            hello(peer, NO_CHALLENGE);
        }
        ServerSnapshot now = status.snapshot(diskProblem);
        if (!now.equals(shown)) {
            shown = now;
            site.desk.add(new ServerEffect.Changed(now));
        }
        return site.desk.end();
    }

    private void dispatch(ServerEvent event) {
        switch (event) {
            case ServerEvent.Started ignored -> cycle.resume();
            case ServerEvent.Tick ignored -> alarms();
            case ServerEvent.PeerChallenged e -> hello(e.peer(), e.challenge());
            case ServerEvent.PeerUp e -> peerUp(e.peer(), e.hello());
            case ServerEvent.PeerDown e -> site.peers.down(e.peer());
            case ServerEvent.FromPeer e -> fromPeer(e.peer(), e.packet());
            case ServerEvent.EntryFromPeer e -> entryFromPeer(e.entry());
            case ServerEvent.PeerAsks e -> peerAsks(e.peer(), e.what());
            case ServerEvent.MemberUp e -> memberUp(e);
            case ServerEvent.MemberDown e -> memberDown(e);
            case ServerEvent.FromMember e -> fromMember(e.member(), e.connection(), e.packet());
            case ServerEvent.MemberAsks e -> memberAsks(e);
            case ServerEvent.RosterSubmitted e -> rosterSubmitted(e);
            case ServerEvent.Stored e -> {
                diskProblem = Optional.empty();
                site.desk.stored(e.ticket());
            }
            case ServerEvent.StoreFailed e -> diskProblem = Optional.of(e.reason());
            case ServerEvent.Drain ignored -> cycle.drain();
        }
    }

    private void alarms() {
        for (Desk.Alarm due = site.desk.due(); due != null; due = site.desk.due()) {
            Desk.Alarm alarm = due;
            switch (alarm) {
                case SETUP -> cycle.setup().ifPresent(SetupInHand::deadline);
                case PHASE, ASK -> cycle.rounds().ifPresent(rounds -> rounds.alarm(alarm));
                case SUCCESSION -> cycle.alarm();
                // The window's time is looked at after every event.
                case WINDOW -> {}
            }
        }
    }

    // ---- peers ----

    private void hello(PublicKey peer, ByteString challenge) {
        PeerHello hello = new PeerHello(
                site.identity.group(),
                peer,
                challenge,
                cycle.succession().used(),
                cycle.secretsOf(),
                site.chain().size(),
                site.chain().prev());
        site.desk.add(new ServerEffect.ToPeer(
                peer, new Frame.Statement(Packet.of(site.identity.signer().sign(hello)))));
    }

    private void peerUp(PublicKey peer, Signed<PeerHello> signed) {
        PeerHello hello = signed.message();
        site.peers.up(peer, hello);
        if (hello.entries() < site.chain().size()) {
            site.desk.add(new ServerEffect.FeedPeer(peer, hello.entries()));
        }
        for (Signed<RosterEntry> entry : site.roster.held()) {
            site.desk.add(new ServerEffect.ToPeer(peer, new Frame.Statement(Packet.of(entry))));
        }
        int number = site.peers.numberOf(peer);
        cycle.setup().ifPresent(setup -> setup.peerUp(number));
        cycle.rounds().ifPresent(rounds -> rounds.peerUp(number, hello.epoch() != rounds.number()));
    }

    private void fromPeer(PublicKey peer, Packet<?> packet) {
        Message message = packet.statement().message();
        switch (message) {
            case PeerHello hello when packet.statement().signer().equals(peer) -> site.peers.up(peer, hello);
            case RosterEntry ignored -> hold(EpochCycle.cast(packet.statement(), RosterEntry.class));
            case Proposal ignored -> cycle.keep(EpochCycle.cast(packet.statement(), Proposal.class));
            case OpeningRecord opening -> {
                cycle.toSetup(packet);
                site.givenUp
                        .on(opening.epoch())
                        .ifPresent(word -> site.desk.add(new ServerEffect.ToPeer(peer, new Frame.Statement(word))));
            }
            case Message.OfSetup ignored -> cycle.toSetup(packet);
            case Message.OfShuffle ignored -> cycle.toSetup(packet);
            case Failed failed when failed.at().round() == 0 -> cycle.toSetup(packet);
            case Message.OfAttempt ignored -> cycle.rounds().ifPresent(rounds -> rounds.fromPeer(packet));
            case Message.OfGroup ignored -> {}
        }
    }

    private void peerAsks(PublicKey peer, Frame.Fetch what) {
        switch (what) {
            case Frame.Fetch.Entries entries -> site.desk.add(new ServerEffect.FeedPeer(peer, entries.from()));
            case Frame.Fetch.EnrolmentOf enrolment ->
                cycle.setup()
                        .flatMap(setup -> setup.enrolment(enrolment.hash()))
                        .ifPresent(packet -> site.desk.add(new ServerEffect.ToPeer(peer, new Frame.Statement(packet))));
            case Frame.Fetch.OfAttempt asked ->
                cycle.rounds().ifPresent(rounds -> rounds.asked(site.peers.numberOf(peer), asked));
            case Frame.Fetch.OfRun ignored -> {}
            case Frame.Fetch.CurrentLeaves ignored -> {}
        }
    }

    private void entryFromPeer(Entry entry) {
        boolean between = cycle.setup().isEmpty()
                && cycle.rounds()
                        .map(rounds -> rounds.isOver() || rounds.isFinishing())
                        .orElse(true);
        if (between && entry.index() == site.chain().size() && ledger.adoptIfGood(entry)) {
            cycle.linkAdopted();
        }
    }

    // ---- members ----

    private void memberUp(ServerEvent.MemberUp e) {
        site.attendance.up(e.member(), e.connection(), e.attach().submits(), site.desk.now());
        if (e.attach().submits()) {
            site.desk.add(new ServerEffect.FeedMember(
                    e.member(), e.connection(), e.attach().feedFrom()));
        }
        cycle.setup().ifPresent(SetupInHand::attendanceChanged);
    }

    private void memberDown(ServerEvent.MemberDown e) {
        site.attendance.down(e.member(), e.connection());
        cycle.setup().ifPresent(SetupInHand::attendanceChanged);
    }

    private void fromMember(MemberId member, long connection, Packet<?> packet) {
        Signed<?> statement = packet.statement();
        if (!site.roster
                .latest()
                .memberKey(member)
                .filter(statement.signer()::equals)
                .isPresent()) {
            return;
        }
        switch (statement.message()) {
            case Header header
            when header.member().equals(member) -> {
                Packet<Header> submission = new Packet<>(EpochCycle.cast(statement, Header.class), packet.body());
                cycle.rounds().ifPresent(rounds -> rounds.submission(submission, connection));
            }
            case Hello hello
            when hello.member().equals(member) ->
                cycle.rounds().ifPresent(rounds -> rounds.hello(EpochCycle.cast(statement, Hello.class)));
            case Message.OfSetup ignored -> cycle.toSetup(packet);
            case Message.OfShuffle ignored -> cycle.toSetup(packet);
            case Message.OfAttempt ignored -> {}
            case Message.OfGroup ignored -> {}
        }
    }

    private void memberAsks(ServerEvent.MemberAsks e) {
        switch (e.what()) {
            case Frame.Fetch.Entries entries ->
                site.desk.add(new ServerEffect.FeedMember(e.member(), e.connection(), entries.from()));
            case Frame.Fetch.CurrentLeaves ignored ->
                cycle.rounds()
                        .flatMap(RoundsInHand::leaves)
                        .ifPresent(
                                leaves -> site.desk.add(new ServerEffect.ToMember(e.member(), e.connection(), leaves)));
            case Frame.Fetch.EnrolmentOf ignored -> {}
            case Frame.Fetch.OfAttempt ignored -> {}
            case Frame.Fetch.OfRun ignored -> {}
        }
    }

    // ---- roster ----

    private void rosterSubmitted(ServerEvent.RosterSubmitted e) {
        if (site.roster.knows(e.entry())) {
            site.desk.add(new ServerEffect.RosterAnswer(e.ticket(), Optional.empty()));
            return;
        }
        Optional<String> problem = site.roster.add(e.entry());
        if (problem.isPresent()) {
            site.desk.add(new ServerEffect.RosterAnswer(e.ticket(), problem));
            return;
        }
        site.desk.store(new StoreWrite.RosterEntryHeld(e.entry()), () -> {
            site.desk.add(new ServerEffect.RosterAnswer(e.ticket(), Optional.empty()));
            site.peers.broadcast(site.desk, new Frame.Statement(Packet.of(e.entry())));
        });
    }

    private void hold(Signed<RosterEntry> entry) {
        if (!site.roster.knows(entry) && site.roster.add(entry).isEmpty()) {
            site.desk.store(new StoreWrite.RosterEntryHeld(entry), () -> {});
        }
    }
}
