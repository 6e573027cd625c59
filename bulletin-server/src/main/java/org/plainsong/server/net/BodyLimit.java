package org.plainsong.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Semaphore;

/**
 * Lets bodies through only for roster entries, a few at a time in the whole process, so that strangers cannot fill the memory with bodies that they never
 * finish.
 */
final class BodyLimit extends ChannelInboundHandlerAdapter {
    /** Largest body: a roster entry of 256 changes. */
    static final int MAX_BODY = 512 * 1024;

    private static final int UPLOADS_AT_ONCE = 16;

    private final Semaphore uploads;
    private boolean uploading;
    private boolean refused;

    BodyLimit(Semaphore uploads) {
        this.uploads = uploads;
    }

    static Semaphore uploads() {
        return new Semaphore(UPLOADS_AT_ONCE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (refused) {
            ReferenceCountUtil.release(received);
            return;
        }
        if (received instanceof HttpRequest request && request.method().equals(HttpMethod.POST)) {
            if (!uploads.tryAcquire()) {
                refuse(ctx, received, HttpProblem.TOO_MANY_UPLOADS);
                return;
            }
            uploading = true;
        }
        boolean body =
                received instanceof HttpContent content && content.content().isReadable();
        if (body && !uploading) {
            refuse(ctx, received, HttpProblem.BODY_TOO_LARGE);
            return;
        }
        if (received instanceof LastHttpContent) {
            release();
        }
        ctx.fireChannelRead(received);
    }

    private void refuse(ChannelHandlerContext ctx, Object received, HttpProblem problem) {
        ReferenceCountUtil.release(received);
        refused = true;
        problem.sendAndClose(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    private void release() {
        if (uploading) {
            uploading = false;
            uploads.release();
        }
    }
}
