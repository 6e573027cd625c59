package org.plainsong.member.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.group.Roster;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;
import org.plainsong.core.transcript.Chain;

/**
 * A member of one group without I/O (protocol §4.1 member side, §5.2, §5.5, §5.6, §7). Events in, effects out, in order; the
 * same events with the same randomness give the same effects. One thread at a time.
 */
public final class MemberNode {
    private final Desk desk = new Desk();
    private final Links links;
    private final Setups setups;
    private final Shelf shelf;
    private final Outbox outbox;
    private final Arrivals arrivals;
    private final Course course;
    private final SnapshotTaker snapshots;
    private final GroupDefinition definition;
    private Frame.@Nullable SetupOffer waitingOffer;

    /**
     * A node that has not started.
     *
     * @param identity who it is and in which group
     * @param kept what the vault holds of this group; read now, no hold of it is kept
     * @param randomness where seeds and nonces come from
     * @param follower applies transcript entries; one may serve all members of a process that follow the same group
     */
    public MemberNode(MemberIdentity identity, Kept kept, Randomness randomness, Follower follower) {
        definition = identity.group().message();
        GroupId group = new GroupId(Hash.sha256(identity.group().payload()));
        List<PublicKey> servers =
                definition.servers().stream().map(ServerEntry::key).toList();
        ByteString own = identity.member().value();
        int spread = (own.at(0) & 0xff) << 8 | (own.at(1) & 0xff);
        links = new Links(desk, group, identity.signer(), servers, spread);
        shelf = new Shelf(group.value(), identity.sealing());
        outbox = new Outbox(desk, new Composer(group.value(), randomness, shelf), shelf);
        arrivals = new Arrivals(desk, shelf, outbox);
        setups = new Setups(desk, links, identity, randomness, follower.check());
        Course.Tools tools = new Course.Tools(desk, links, follower, outbox, arrivals, setups, randomness);
        course = new Course(identity, group, tools);
        snapshots = new SnapshotTaker(identity, group, tools, course, shelf);
        shelf.restore(kept);
        outbox.restore(kept);
        setups.restore(kept);
    }

    /**
     * What follows from an event.
     *
     * @param nowMillis the member's clock, Unix milliseconds; one that jumps only shifts waiting
     * @param event what happened
     */
    public List<MemberEffect> handle(long nowMillis, MemberEvent event) {
        desk.begin(nowMillis);
        switch (event) {
            case MemberEvent.Started() -> links.start();
            case MemberEvent.Tick() -> desk.takeDue().forEach(this::due);
            case MemberEvent.LinkUp(PublicKey server) -> links.up(server);
            case MemberEvent.LinkDown(PublicKey server) -> links.down(server);
            case MemberEvent.FromServer(PublicKey server, Frame frame) -> fromServer(server, frame);
            case MemberEvent.Compose(long handle, var draft) -> outbox.compose(handle, draft, roster(), desk::changed);
            case MemberEvent.Cancel(long handle, var item) -> outbox.cancel(handle, item);
            case MemberEvent.PostAnyway(long handle, var item) -> outbox.postAnyway(handle, item, postAnywayAllowed());
            case MemberEvent.Saved(long ticket) -> desk.saved(ticket);
            case MemberEvent.SaveFailed(long ticket, String why) -> desk.saveFailed(ticket, why);
        }
        if (desk.hasChanged() || changesWhatIsShown(event)) {
            desk.add(new MemberEffect.Snapshot(snapshots.take()));
        }
        return desk.end();
    }

    /** What is shown of the node now. */
    public MemberSnapshot snapshot() {
        return snapshots.take();
    }

    /** How the group's roster describes a server; nothing for one that is none. */
    public Optional<ServerEntry> server(PublicKey key) {
        List<ServerEntry> servers = roster().map(Roster::servers).orElse(definition.servers());
        return servers.stream().filter(s -> s.key().equals(key)).findFirst();
    }

    private static boolean changesWhatIsShown(MemberEvent event) {
        return switch (event) {
            case MemberEvent.FromServer(PublicKey server, Frame frame) ->
                frame instanceof Frame.EntryFrame || frame instanceof Frame.SetupOffer;
            case MemberEvent.Saved saved -> false;
            default -> true;
        };
    }

    private Optional<Roster> roster() {
        Chain chain = course.chain();
        return chain.hasGroup() ? Optional.of(chain.roster()) : Optional.empty();
    }

    private boolean postAnywayAllowed() {
        return roster().map(r -> r.policy().postAnyway()).orElse(false);
    }

    private void due(Desk.Alarm alarm) {
        switch (alarm) {
            case CHOOSE -> links.chosen();
            case SUBMIT -> course.submit();
            case PATIENCE -> course.lostPatience();
            case SAVE_AGAIN -> arrivals.save();
        }
    }

    private void fromServer(PublicKey server, Frame frame) {
        switch (frame) {
            case Frame.Challenge challenge -> {
                if (links.challenged(server, challenge, course.chain().size())) {
                    course.attached(server);
                }
                if (links.isReady(server)) {
                    setups.linkReady(server);
                }
            }
            case Frame.EntryFrame(long index, ByteString bytes) -> {
                course.entry(server, index, bytes);
                roster().ifPresent(setups::rosterKnown);
                consider(waitingOffer);
            }
            case Frame.SetupOffer offer -> consider(offer);
            case Frame.Statement said -> setups.heard(said);
            case Frame.Leaves leaves -> setups.heard(leaves);
            case Frame.Problem problem ->
                desk.notice("problem", "a server refused something: " + problem.code() + ", " + problem.text());
            case Frame.Fetch fetch -> {}
        }
    }

    /** An offer that comes before the group's definition has been read waits for it. */
    private void consider(Frame.@Nullable SetupOffer offer) {
        if (offer == null) {
            return;
        }
        Optional<Roster> known = roster();
        if (known.isPresent()) {
            waitingOffer = null;
            setups.rosterKnown(known.get());
            setups.offered(offer, known.get(), course.chain().epochNumber());
        } else {
            waitingOffer = offer;
        }
    }
}
