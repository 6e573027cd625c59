package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.wire.FormatException;
import org.plainsong.server.engine.ServerEvent;

/** Another server of the group that has proven its key. */
final class PeerSession extends Session {
    private final GroupDoor door;
    private final PublicKey peer;
    private final InboxGate gate;

    PeerSession(GroupDoor door, PublicKey peer, Connection connection, InboxGate gate) {
        super(connection);
        this.door = door;
        this.peer = peer;
        this.gate = gate;
    }

    @Override
    Optional<Frame.Problem> take(ChannelHandlerContext ctx, Frame frame, int bytes) {
        return switch (frame) {
            case Frame.Statement(Packet<?> packet) -> {
                // A statement of somebody whom only the other side knows yet is left out: it comes again once the
                // roster is here.
                if (Statements.wellSigned(door, packet.statement()) && Statements.bodyAgrees(packet)) {
                    door.post(new ServerEvent.FromPeer(peer, packet), gate.enter(bytes));
                }
                yield Optional.empty();
            }
            case Frame.EntryFrame(long index, ByteString entry) -> entry(index, entry);
            case Frame.Fetch fetch -> {
                door.post(new ServerEvent.PeerAsks(peer, fetch), gate.enter(bytes));
                yield Optional.empty();
            }
            case Frame.Challenge challenge -> Optional.of(Problems.UNEXPECTED);
            case Frame.Leaves leaves -> Optional.of(Problems.UNEXPECTED);
            case Frame.SetupOffer offer -> Optional.of(Problems.UNEXPECTED);
            case Frame.Problem problem -> {
                connection().close();
                yield Optional.empty();
            }
        };
    }

    private Optional<Frame.Problem> entry(long index, ByteString bytes) {
        try {
            Entry entry = EntryCodec.decode(bytes);
            if (entry.index() != index) {
                return Optional.of(Problems.UNEXPECTED);
            }
            door.post(new ServerEvent.EntryFromPeer(peer, entry), gate.enter(bytes.size()));
            return Optional.empty();
        } catch (FormatException e) {
            return Optional.of(Problems.badFrame(e));
        }
    }

    @Override
    void gone() {
        door.peerDown(peer, connection());
    }
}
