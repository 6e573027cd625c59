package org.plainsong.server.net;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.concurrent.TimeUnit;

/**
 * Says why, and closes when the other side has closed or some time has passed. A socket that is closed with something unread in it is reset, and the reset
 * overtakes the reason; so what still comes is read and dropped meanwhile.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class LastWord {
    private LastWord() {}

    static void say(Channel channel, CloseWebSocketFrame why) {
        channel.writeAndFlush(why);
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), Problems.GRACE_SECONDS, TimeUnit.SECONDS);
    }
}
