package org.plainsong.testbed.sim;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.TreeHash;
import org.plainsong.core.group.MemberState;
import org.plainsong.core.group.RosterMember;
import org.plainsong.core.message.Attach;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.wire.FormatException;
import org.plainsong.core.wire.FrameLimits;
import org.plainsong.core.wire.Frames;
import org.plainsong.server.engine.ServerEvent;

/** One connection at a server: challenge and proof first, then frames of a peer or a member, each decoded and its signatures checked. */
final class ServerSession {
    private final SimServer server;
    private final Connection connection;
    private final ByteString challenge;
    /** Whom we called; nobody if we were called. */
    private final @Nullable PublicKey called;

    private @Nullable ByteString theirChallenge;
    private @Nullable PublicKey peer;
    private @Nullable MemberId member;

    private ServerSession(SimServer server, Connection connection, @Nullable PublicKey called, ByteString challenge) {
        this.server = server;
        this.connection = connection;
        this.called = called;
        this.challenge = challenge;
    }

    static ServerSession welcome(SimServer server, Connection connection, ByteString challenge) {
        server.send(connection, new Frame.Challenge(challenge));
        return new ServerSession(server, connection, null, challenge);
    }

    static ServerSession greeting(SimServer server, Connection connection, PublicKey peer, ByteString challenge) {
        server.send(connection, new Frame.Challenge(challenge));
        return new ServerSession(server, connection, peer, challenge);
    }

    void received(ByteString bytes) {
        Frame frame;
        try {
            frame = Frames.decode(bytes, limits());
        } catch (FormatException e) {
            server.refuse(connection, "bad-frame");
            throw new InvariantBroken(
                    "protocol 9.10", "an honest process sent a frame that is refused: " + e.getMessage(), e);
        }
        if (peer != null) {
            fromPeer(peer, frame);
        } else if (member != null) {
            fromMember(member, frame);
        } else {
            fromStranger(frame);
        }
    }

    private FrameLimits limits() {
        if (peer != null) {
            return FrameLimits.FROM_SERVER;
        }
        return member == null
                ? FrameLimits.UNKNOWN_PEER
                : FrameLimits.fromMember(
                        server.roster().roster().policy(),
                        server.roster().roster().serverCount());
    }

    private void fromStranger(Frame frame) {
        if (frame instanceof Frame.Challenge(ByteString value) && theirChallenge == null) {
            theirChallenge = value;
            if (called != null) {
                server.greet(called, connection, value);
            }
        } else if (frame instanceof Frame.Statement(Packet<?> packet)
                && packet.statement().signatures().size() == 1) {
            proof(packet.statement());
        } else {
            server.refuse(connection, "unexpected");
        }
    }

    private void proof(Signed<?> statement) {
        if (!server.around().check().allGood(statement)) {
            server.refuse(connection, "not-proven");
            return;
        }
        switch (statement.message()) {
            case Attach attach
            when attach.group().equals(server.around().group().id)
                    && attach.server().equals(server.key())
                    && attach.challenge().equals(challenge) -> attach(attach, statement.signer());
            case PeerHello hello
            when hello.group().equals(server.around().group().id)
                    && hello.server().equals(server.key())
                    && hello.challenge().equals(challenge)
                    && theirChallenge != null ->
                hello(new Signed<>(hello, statement.payload(), statement.signatures()));
            default -> server.refuse(connection, "not-proven");
        }
    }

    private void attach(Attach attach, PublicKey key) {
        Optional<RosterMember> known = server.roster().roster().memberByKey(key);
        if (known.isEmpty() || known.get().state() != MemberState.ACTIVE) {
            server.refuse(connection, "not-a-member");
            return;
        }
        member = known.get().id();
        server.memberHere(connection);
        server.handle(new ServerEvent.MemberUp(known.get().id(), connection.number, attach));
    }

    private void hello(Signed<PeerHello> hello) {
        PublicKey signer = hello.signer();
        if (called == null) {
            server.greet(signer, connection, theirChallenge == null ? ByteString.EMPTY : theirChallenge);
        } else if (!called.equals(signer)) {
            server.refuse(connection, "not-proven");
            return;
        }
        peer = signer;
        server.handle(new ServerEvent.PeerUp(signer, hello));
    }

    private void fromPeer(PublicKey from, Frame frame) {
        switch (frame) {
            case Frame.Statement(Packet<?> packet) -> {
                if (server.roster().wellSigned(packet.statement()) && bodyAgrees(packet)) {
                    server.handle(new ServerEvent.FromPeer(from, packet));
                }
            }
            case Frame.EntryFrame(long index, ByteString bytes) -> entry(from, bytes);
            case Frame.Fetch fetch -> server.handle(new ServerEvent.PeerAsks(from, fetch));
            case Frame.Challenge ignored -> server.refuse(connection, "unexpected");
            case Frame.Leaves ignored -> server.refuse(connection, "unexpected");
            case Frame.SetupOffer ignored -> server.refuse(connection, "unexpected");
            case Frame.Problem ignored -> {}
        }
    }

    private void entry(PublicKey from, ByteString bytes) {
        try {
            Entry entry = EntryCodec.decode(bytes);
            server.handle(new ServerEvent.EntryFromPeer(from, entry));
        } catch (FormatException e) {
            throw new InvariantBroken("protocol 9.10", "an honest server sent an entry that cannot be read", e);
        }
    }

    private void fromMember(MemberId from, Frame frame) {
        switch (frame) {
            case Frame.Statement(Packet<?> packet) -> {
                if (!server.roster().wellSigned(packet.statement())) {
                    server.refuse(connection, "unknown-signer");
                } else if (!bodyAgrees(packet)) {
                    server.refuse(connection, "ciphertext");
                } else {
                    server.handle(new ServerEvent.FromMember(from, connection.number, packet));
                }
            }
            case Frame.Fetch fetch -> server.handle(new ServerEvent.MemberAsks(from, connection.number, fetch));
            case Frame.Challenge ignored -> server.refuse(connection, "unexpected");
            case Frame.EntryFrame ignored -> server.refuse(connection, "unexpected");
            case Frame.Leaves ignored -> server.refuse(connection, "unexpected");
            case Frame.SetupOffer ignored -> server.refuse(connection, "unexpected");
            case Frame.Problem ignored -> {}
        }
    }

    private static boolean bodyAgrees(Packet<?> packet) {
        return !(packet.statement().message() instanceof Header header)
                || TreeHash.rootOfChunks(packet.body().unsafeArray()).equals(header.ciphertextRoot());
    }

    /** The connection is gone. */
    void gone() {
        if (member != null) {
            server.memberGone(member, connection);
        } else if (peer != null) {
            server.peerGone(peer, connection, true);
        } else if (called != null) {
            server.peerGone(called, connection, false);
        }
    }
}
