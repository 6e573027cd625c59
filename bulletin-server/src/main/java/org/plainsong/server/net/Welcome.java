package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.MemberState;
import org.plainsong.core.group.Roster;
import org.plainsong.core.group.RosterMember;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.wire.FrameLimits;

/**
 * The first words on a connection that somebody made to us: a fresh challenge goes out, and within the time allowed a signed answer to it must come back, of
 * a member, an auditor or a server. It hands over to the session of whoever it is; until then messages are small and nothing reaches the group's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class Welcome extends Session {
    private final GroupDoor door;
    private final EdgeLimits limits;
    private final ByteString challenge;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable ByteString peerChallenge;

    Welcome(GroupDoor door, EdgeLimits limits, Connection connection, ByteString challenge) {
        super(connection);
        this.door = door;
        this.limits = limits;
        this.challenge = challenge;
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
        if (frame instanceof Frame.Challenge(ByteString value) && peerChallenge == null) {
            peerChallenge = value;
            return Optional.empty();
        }
        if (!(frame instanceof Frame.Statement(var packet))
                || packet.statement().signatures().size() != 1) {
            return Optional.of(Problems.UNEXPECTED);
        }
        Signed<?> statement = packet.statement();
        return switch (statement.message()) {
            case Attach attach -> attach(ctx, attach, statement);
            case PeerHello hello -> peer(ctx, hello, statement);
            default -> Optional.of(Problems.UNEXPECTED);
        };
    }

    private Optional<Frame.Problem> attach(ChannelHandlerContext ctx, Attach attach, Signed<?> signed) {
        Optional<Frame.Problem> problem = unproven(signed, attach.group(), attach.server(), attach.challenge());
        if (problem.isPresent()) {
            return problem;
        }
        Roster roster = door.roster();
        PublicKey key = signed.signer();
        Optional<RosterMember> member = roster.memberByKey(key);
        if (member.isPresent()) {
            if (member.get().state() != MemberState.ACTIVE) {
                return Optional.of(Problems.SUSPENDED);
            }
            FrameLimits allowed = FrameLimits.fromMember(roster.policy(), roster.serverCount());
            ctx.pipeline().get(Messages.class).limits(allowed);
            MemberSession session = new MemberSession(
                    door,
                    member.get().id(),
                    connection(),
                    new InboxGate(ctx.channel(), 2L * allowed.maxFrame()),
                    new TokenBucket(limits.statementsPerSecond(), System.nanoTime()));
            ctx.pipeline().replace(this, "session", session);
            session.begin(attach);
            return Optional.empty();
        }
        if (roster.auditors().stream().anyMatch(auditor -> auditor.key().equals(key)) && !attach.submits()) {
            ctx.pipeline().replace(this, "session", new AuditorSession(connection()));
            door.feedAuditor(connection(), attach.feedFrom());
            return Optional.empty();
        }
        return Optional.of(Problems.NOT_A_MEMBER);
    }

    private Optional<Frame.Problem> peer(ChannelHandlerContext ctx, PeerHello hello, Signed<?> signed) {
        Optional<Frame.Problem> problem = unproven(signed, hello.group(), hello.server(), hello.challenge());
        if (problem.isPresent()) {
            return problem;
        }
        PublicKey key = signed.signer();
        Roster roster = door.roster();
        Optional<Integer> number = roster.serverNumber(key);
        Optional<Integer> own = roster.serverNumber(door.self());
        if (number.isEmpty() || own.isEmpty()) {
            return Optional.of(Problems.NOT_A_MEMBER);
        }
        if (number.get() >= own.get()) {
            return Optional.of(Problems.WRONG_DIRECTION);
        }
        if (peerChallenge == null) {
            return Optional.of(Problems.UNEXPECTED);
        }
        ctx.pipeline().get(Messages.class).limits(FrameLimits.FROM_SERVER);
        PeerSession session = new PeerSession(
                door, key, connection(), new InboxGate(ctx.channel(), 2L * FrameLimits.FROM_SERVER.maxFrame()));
        ctx.pipeline().replace(this, "session", session);
        door.greet(key, connection(), peerChallenge);
        door.peerUp(key, connection(), new Signed<>(hello, signed.payload(), signed.signatures()));
        return Optional.empty();
    }

    /** The order tells a stranger least: what it named itself, then its proof, and only then whether its key is known. */
    private Optional<Frame.Problem> unproven(Signed<?> signed, GroupId group, PublicKey server, ByteString answered) {
        if (!group.equals(door.group())) {
            return Optional.of(Problems.WRONG_GROUP);
        }
        if (!server.equals(door.self())
                || !answered.equals(challenge)
                || !door.signatures().allGood(signed)) {
            return Optional.of(Problems.NOT_PROVEN);
        }
        return Optional.empty();
    }

    @Override
    void gone() {
        // Nobody knows of it yet.
    }
}
