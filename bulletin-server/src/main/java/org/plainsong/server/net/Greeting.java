package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FrameLimits;

/**
 * The first words on a connection that we made to a peer: it challenges us, we challenge it, each answers with its hello. That the TLS key is the pinned one
 * has been seen by then; the hello binds the connection to the server's own key and says what the other must know after a restart (protocol §4.2).
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class Greeting extends Session {
    private final GroupDoor door;
    private final PublicKey peer;
    private final EdgeLimits limits;
    private final ByteString challenge;
    private final Runnable up;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean challenged;

    /**
     * A greeting.
     *
     * @param up runs once the peer has proven its key
     */
    Greeting(
            GroupDoor door,
            PublicKey peer,
            EdgeLimits limits,
            Connection connection,
            ByteString challenge,
            Runnable up) {
        super(connection);
        this.door = door;
        this.peer = peer;
        this.limits = limits;
        this.challenge = challenge;
        this.up = up;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connection().send(new Frame.Challenge(challenge));
        deadline = ctx.executor()
                .schedule(() -> connection().refuse(Problems.TOO_SLOW), limits.firstFrameSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    Optional<Frame.Problem> take(ChannelHandlerContext ctx, Frame frame, int bytes) {
        return switch (frame) {
            case Frame.Challenge(ByteString theirs)
            when !challenged -> {
                challenged = true;
                door.greet(peer, connection(), theirs);
                yield Optional.empty();
            }
            case Frame.Statement(var packet)
            when challenged
                    && packet.statement().message() instanceof PeerHello hello
                    && packet.statement().signatures().size() == 1 -> hello(ctx, hello, packet.statement());
            case Frame.Problem problem -> {
                connection().close();
                yield Optional.empty();
            }
            case Frame.Challenge again -> Optional.of(Problems.UNEXPECTED);
            case Frame.Statement other -> Optional.of(Problems.UNEXPECTED);
            case Frame.EntryFrame entry -> Optional.of(Problems.UNEXPECTED);
            case Frame.Fetch fetch -> Optional.of(Problems.UNEXPECTED);
            case Frame.Leaves leaves -> Optional.of(Problems.UNEXPECTED);
            case Frame.SetupOffer offer -> Optional.of(Problems.UNEXPECTED);
        };
    }

    private Optional<Frame.Problem> hello(ChannelHandlerContext ctx, PeerHello hello, Signed<?> signed) {
        boolean proven = hello.group().equals(door.group())
                && hello.server().equals(door.self())
                && hello.challenge().equals(challenge)
                && signed.signer().equals(peer)
                && door.signatures().allGood(signed);
        if (!proven) {
            return Optional.of(Problems.NOT_PROVEN);
        }
        ctx.pipeline().get(Messages.class).limits(FrameLimits.FROM_SERVER);
        PeerSession session = new PeerSession(
                door, peer, connection(), new InboxGate(ctx.channel(), 2L * FrameLimits.FROM_SERVER.maxFrame()));
        ctx.pipeline().replace(this, "session", session);
        door.peerUp(peer, connection(), new Signed<>(hello, signed.payload(), signed.signatures()));
        up.run();
        return Optional.empty();
    }

    @Override
    void gone() {
        door.peerDown(peer, connection());
    }
}
