package org.plainsong.member.engine;

import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.ServerEntry;

/**
 * A member of one group without I/O (protocol §4.1 member side, §5.2, §5.5, §5.6, §7). Events in, effects out, in order; the
 * same events with the same randomness give the same effects. One thread at a time.
 */
public final class MemberNode {
    private final Desk desk = new Desk();
    private final Links links;

    /**
     * A node that has not started.
     *
     * @param identity who it is and in which group
     * @param kept what the vault holds of this group; read now, no hold of it is kept
     * @param randomness where seeds and nonces come from
     * @param follower applies transcript entries; one may serve all members of a process that follow the same group
     */
    public MemberNode(MemberIdentity identity, Kept kept, Randomness randomness, Follower follower) {
        GroupId group = new GroupId(Hash.sha256(identity.group().payload()));
        List<PublicKey> servers = identity.group().message().servers().stream()
                .map(ServerEntry::key)
                .toList();
        ByteString own = identity.member().value();
        int spread = ((own.at(0) & 0xff) << 8) | (own.at(1) & 0xff);
        this.links = new Links(desk, group, identity.signer(), servers, spread);
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
            case MemberEvent.Compose compose -> {}
            case MemberEvent.Cancel cancel -> {}
            case MemberEvent.PostAnyway anyway -> {}
            case MemberEvent.Saved(long ticket) -> desk.saved(ticket);
            case MemberEvent.SaveFailed(long ticket, String why) -> desk.saveFailed(ticket, why);
        }
        return desk.end();
    }

    private void due(Desk.Alarm alarm) {
        if (alarm == Desk.Alarm.CHOOSE) {
            links.chosen();
        }
    }

    private void fromServer(PublicKey server, Frame frame) {
        if (frame instanceof Frame.Challenge challenge) {
            links.challenged(server, challenge, 0);
        }
    }
}
