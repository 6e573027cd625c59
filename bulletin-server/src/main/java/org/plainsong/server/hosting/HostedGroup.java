package org.plainsong.server.hosting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.MemberState;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterMember;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.LogHead;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.WireSignatureCheck;
import org.plainsong.server.engine.ServerEffect;
import org.plainsong.server.engine.ServerEvent;
import org.plainsong.server.engine.ServerSnapshot;
import org.plainsong.server.engine.StoreWrite;
import org.plainsong.server.engine.StoredState;
import org.plainsong.server.net.Connection;
import org.plainsong.server.net.GroupDoor;
import org.plainsong.server.net.Problems;
import org.plainsong.server.net.Publication;
import org.plainsong.server.store.ArchiveReader;
import org.plainsong.server.store.ArchiveWriter;
import org.plainsong.server.store.StoreException;
import org.plainsong.server.store.StoredArchive;
import org.plainsong.server.store.WriteQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One group of this process: its node and the thread that runs it, its archive, its connections; carries out what the node wants. */
public final class HostedGroup implements GroupDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HostedGroup.class);
    private static final int ANSWER_SECONDS = 30;

    private final String shortName;
    private final PublicKey self;
    private final SignatureCheck check;
    private final RosterView roster;
    private final Links links = new Links();
    private final Feeds feeds;
    private final PublishedFiles files;
    private final ArchiveReader reader;
    private final WriteQueue writes;
    private final GroupThread thread;
    private final Map<Long, CompletableFuture<Optional<String>>> rosterAnswers = new ConcurrentHashMap<>();
    private final Map<Long, List<Entry>> appending = new ConcurrentHashMap<>();
    private final AtomicLong rosterTickets = new AtomicLong();
    private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
    private long published;
    private volatile Runnable rosterChanged = () -> {};
    private volatile Optional<ServerSnapshot> snapshot = Optional.empty();
    private volatile Optional<String> broken = Optional.empty();

    private HostedGroup(Signed<GroupDefinition> definition, Path directory, Surroundings around) throws StoreException {
        GroupId group = Roster.groupId(definition);
        this.shortName = group.toString();
        this.check = new WireSignatureCheck();
        this.self = new PublicKey(around.key().publicKey());
        this.roster = new RosterView(definition, check);
        ArchiveWriter writer = ArchiveWriter.open(directory);
        this.reader = ArchiveReader.open(directory);
        if (reader.entryCount() == 0) {
            Entry first = new Entry(0, Entry.GROUP, List.of(Envelopes.encode(definition)), ByteString.EMPTY);
            writer.write(List.of(new StoreWrite.AppendEntries(List.of(first), List.of())));
        }
        StoredState stored = StoredArchive.read(reader);
        LogHead[] head = {LogHead.EMPTY};
        NodePort node = around.nodes()
                .create(group, check, watched(stored, entry -> head[0] = LogGrowth.extended(head[0], entry)));
        stored.heldRoster().forEach(roster::hold);
        this.files = new PublishedFiles(
                reader, around.reading(), Envelopes.encode(definition), roster::roster, around.key(), head[0]);
        this.published = head[0].size();
        this.feeds = new Feeds(reader, around.reading(), head[0].size());
        this.thread = new GroupThread(
                shortName,
                node,
                new SteadyClock(System::currentTimeMillis, System::nanoTime),
                this::carryOut,
                this::failed);
        this.writes = new WriteQueue(
                writer,
                () -> Files.getFileStore(directory).getUsableSpace(),
                around.minFreeBytes(),
                new WriteAnswers());
    }

    /**
     * Opens a group and starts its thread.
     *
     * @param directory of this group alone
     * @throws StoreException if its archive cannot be used
     */
    public static HostedGroup open(Signed<GroupDefinition> definition, Path directory, Surroundings around)
            throws StoreException {
        HostedGroup group = new HostedGroup(definition, directory, around);
        group.thread.start();
        return group;
    }

    /** Lets the roster and the log's head see each entry that the node reads at the start. */
    private StoredState watched(StoredState stored, java.util.function.Consumer<Entry> seen) {
        Iterable<Entry> entries = () -> {
            Iterator<Entry> inner = stored.entries().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return inner.hasNext();
                }

                @Override
                public Entry next() {
                    Entry entry = inner.next();
                    roster.see(entry);
                    seen.accept(entry);
                    return entry;
                }
            };
        };
        return new StoredState(
                entries, stored.heldRoster(), stored.epochNumberUsed(), stored.signed(), stored.pendingRecord());
    }

    private final class WriteAnswers implements WriteQueue.Answers {
        /** The checkpoint covers what is on disk, so that whoever reads it finds every entry. */
        @Override
        public void stored(long ticket) {
            List<Entry> entries = appending.remove(ticket);
            if (entries != null) {
                LogHead head = files.head();
                for (Entry entry : entries) {
                    head = LogGrowth.extended(head, entry);
                }
                files.head(head);
            }
            thread.post(new ServerEvent.Stored(ticket), () -> {});
        }

        @Override
        public void failed(long ticket, String reason) {
            LOG.warn("group {}: {}", shortName, reason);
            thread.post(new ServerEvent.StoreFailed(ticket, reason), () -> {});
        }
    }

    // What the node wants. On the group's thread, in order.

    private void carryOut(ServerEffect effect) {
        switch (effect) {
            case ServerEffect.ToPeer(PublicKey peer, var frame) ->
                links.peer(peer, frame).ifPresent(connection -> connection.send(frame));
            case ServerEffect.ToMember(MemberId member, long connection, var frame) ->
                links.member(connection).ifPresent(found -> found.send(frame));
            case ServerEffect.ToMembers(var frame) -> links.toMembers(frame);
            case ServerEffect.FeedMember(MemberId member, long connection, long from) ->
                links.member(connection).ifPresent(found -> feeds.follow(found, from));
            case ServerEffect.FeedPeer(PublicKey peer, long from) ->
                links.peer(peer).ifPresent(connection -> feeds.sendOnce(connection, from));
            case ServerEffect.Store(StoreWrite write, long ticket) -> store(write, ticket);
            case ServerEffect.Publish(Entry entry) -> publish(entry);
            case ServerEffect.RosterAnswer(long ticket, Optional<String> problem) ->
                Optional.ofNullable(rosterAnswers.remove(ticket)).ifPresent(answer -> answer.complete(problem));
            case ServerEffect.WakeAt(long millis) ->
                throw new IllegalStateException("a wake is the thread's to keep, not the driver's");
            case ServerEffect.Notice(ServerEffect.Level level, String text) -> notice(level, text);
            case ServerEffect.Changed(ServerSnapshot shown) -> snapshot = Optional.of(shown);
            case ServerEffect.Drained() -> drained.complete(true);
        }
    }

    private void store(StoreWrite write, long ticket) {
        boolean changed = false;
        if (write instanceof StoreWrite.RosterEntryHeld(Signed<RosterEntry> entry)) {
            changed = roster.hold(entry);
        } else if (write instanceof StoreWrite.AppendEntries(List<Entry> entries, List<ByteString> blobs)) {
            for (Entry entry : entries) {
                changed |= roster.see(entry);
            }
            appending.put(ticket, entries);
        }
        writes.add(write, ticket);
        if (changed) {
            links.expel(member -> roster.roster()
                    .member(member)
                    .map(RosterMember::state)
                    .filter(state -> state == MemberState.ACTIVE)
                    .isPresent());
            rosterChanged.run();
        }
    }

    private void publish(Entry entry) {
        if (entry.index() != published) {
            throw new IllegalStateException("entry " + entry.index() + " is published, but " + published + " is next");
        }
        published++;
        feeds.publish(entry);
    }

    private void notice(ServerEffect.Level level, String text) {
        switch (level) {
            case INFO -> LOG.info("group {}: {}", shortName, text);
            case WARN -> LOG.warn("group {}: {}", shortName, text);
        }
    }

    /** A bug of ours in the node: the group stands still with what is on disk, and says so, rather than go on from a state that nobody understands. */
    private void failed(RuntimeException bug) {
        broken = Optional.of("an internal error: " + bug.getMessage());
        LOG.error("group {}: stopped by an internal error; restart the server and report this", shortName, bug);
        rosterAnswers.values().forEach(answer -> answer.complete(broken));
        drained.complete(false);
    }

    // What the edge hands in. On any thread.

    @Override
    public GroupId group() {
        return roster.roster().groupId();
    }

    @Override
    public PublicKey self() {
        return self;
    }

    @Override
    public Roster roster() {
        return roster.roster();
    }

    @Override
    public SignatureCheck signatures() {
        return check;
    }

    @Override
    public void post(ServerEvent event, Runnable handled) {
        thread.post(event, handled);
    }

    @Override
    public void enter(MemberId member, Connection connection) {
        links.enter(member, connection);
    }

    @Override
    public void leave(MemberId member, Connection connection) {
        links.leave(connection);
        feeds.end(connection);
    }

    @Override
    public void greet(PublicKey peer, Connection connection, ByteString challenge) {
        links.greet(peer, connection);
        post(new ServerEvent.PeerChallenged(peer, challenge), () -> {});
    }

    @Override
    public void peerUp(PublicKey peer, Connection connection, Signed<PeerHello> hello) {
        synchronized (links) {
            links.up(peer, connection).ifPresent(before -> {
                before.refuse(Problems.REPLACED);
                post(new ServerEvent.PeerDown(peer), () -> {});
            });
            post(new ServerEvent.PeerUp(peer, hello), () -> {});
        }
    }

    @Override
    public void peerDown(PublicKey peer, Connection connection) {
        synchronized (links) {
            if (links.down(peer, connection)) {
                post(new ServerEvent.PeerDown(peer), () -> {});
            }
        }
    }

    @Override
    public void feedAuditor(Connection connection, long from) {
        feeds.follow(connection, from);
    }

    @Override
    public CompletionStage<Optional<String>> submit(Signed<RosterEntry> entry) {
        if (broken.isPresent()) {
            return CompletableFuture.completedFuture(broken);
        }
        long ticket = rosterTickets.incrementAndGet();
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        rosterAnswers.put(ticket, answer);
        post(new ServerEvent.RosterSubmitted(entry, ticket), () -> {});
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .whenComplete((problem, failure) -> rosterAnswers.remove(ticket));
    }

    @Override
    public Publication publication() {
        return files;
    }

    // What the process asks.

    /** Runs whenever the roster has changed. */
    void whenRosterChanges(Runnable callback) {
        rosterChanged = callback;
        callback.run();
    }

    /** The servers that this one connects to: those with higher numbers, none if it is not in the roster any more. */
    List<ServerEntry> peersToDial() {
        Roster now = roster.roster();
        int own = now.serverNumber(self).orElse(now.serverCount());
        return now.servers().subList(own, now.serverCount());
    }

    /** What an operator is shown. */
    public GroupStatus status() {
        return GroupStatus.of(roster.roster(), self, snapshot, files.head().size(), broken, writes.trouble());
    }

    /** Asks the node to finish the round in hand; completes with whether it did. */
    CompletableFuture<Boolean> drain() {
        post(new ServerEvent.Drain(), () -> {});
        return drained;
    }

    /** Ends everything. */
    void close() {
        links.close(Problems.STOPPING);
        thread.stop();
        writes.close();
        reader.close();
    }
}
