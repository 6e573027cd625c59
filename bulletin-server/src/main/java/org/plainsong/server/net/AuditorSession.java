package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import org.plainsong.core.message.Frame;

/** An auditor that has proven its key: gets the feed and says nothing. */
final class AuditorSession extends Session {
    AuditorSession(Connection connection) {
        super(connection);
    }

    @Override
    Optional<Frame.Problem> take(ChannelHandlerContext ctx, Frame frame, int bytes) {
        return Optional.of(Problems.UNEXPECTED);
    }

    @Override
    void gone() {
        // The feed looks at the connection and ends with it.
    }
}
