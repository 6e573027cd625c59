package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.server.engine.ServerEvent;

/** A member that has proven its key: its statements are checked here and handed on, at a bounded rate. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class MemberSession extends Session {
    private final GroupDoor door;
    private final MemberId member;
    private final InboxGate gate;
    private final TokenBucket rate;

    MemberSession(GroupDoor door, MemberId member, Connection connection, InboxGate gate, TokenBucket rate) {
        super(connection);
        this.door = door;
        this.member = member;
        this.gate = gate;
        this.rate = rate;
    }

    /** Makes the member known to the group. */
    void begin(Attach attach) {
        door.enter(member, connection());
        door.post(new ServerEvent.MemberUp(member, connection().number(), attach), () -> {});
    }

    @Override
    Optional<Frame.Problem> take(ChannelHandlerContext ctx, Frame frame, int bytes) {
        slowDown(ctx);
        return switch (frame) {
            case Frame.Statement(Packet<?> packet) -> statement(packet, bytes);
            case Frame.Fetch fetch -> {
                door.post(new ServerEvent.MemberAsks(member, connection().number(), fetch), gate.enter(bytes));
                yield Optional.empty();
            }
            case Frame.Challenge challenge -> Optional.of(Problems.UNEXPECTED);
            case Frame.EntryFrame entry -> Optional.of(Problems.UNEXPECTED);
            case Frame.Leaves leaves -> Optional.of(Problems.UNEXPECTED);
            case Frame.SetupOffer offer -> Optional.of(Problems.UNEXPECTED);
            case Frame.Problem problem -> {
                connection().close();
                yield Optional.empty();
            }
        };
    }

    private Optional<Frame.Problem> statement(Packet<?> packet, int bytes) {
        if (!Statements.wellSigned(door, packet.statement())) {
            return Optional.of(Problems.UNKNOWN_SIGNER);
        }
        if (!Statements.bodyAgrees(packet)) {
            return Optional.of(Problems.CIPHERTEXT);
        }
        door.post(new ServerEvent.FromMember(member, connection().number(), packet), gate.enter(bytes));
        return Optional.empty();
    }

    /** Over the rate nothing is lost: nothing more is read for a while. */
    private void slowDown(ChannelHandlerContext ctx) {
        long pause = rate.takeAndWait(System.nanoTime());
        if (pause > 0 && ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(false);
            ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), pause, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    void gone() {
        door.leave(member, connection());
        door.post(new ServerEvent.MemberDown(member, connection().number()), () -> {});
    }
}
