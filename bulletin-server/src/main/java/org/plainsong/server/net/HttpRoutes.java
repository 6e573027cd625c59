package org.plainsong.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.RosterEntry;
import org.plainsong.core.message.Signed;
import org.plainsong.core.transcript.TranscriptFiles;
import org.plainsong.core.wire.Envelopes;
import org.plainsong.core.wire.FormatException;

/** What the port answers to plain HTTP: an ordinary page, health, the public files of a group, and roster entries handed in. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
final class HttpRoutes extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Pattern GROUP_PATH = Pattern.compile("/g/([0-9a-f]{64})/([a-z0-9/]{1,100})");
    private static final int PIPELINED = 16;
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String SECONDS = "public, max-age=2";
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Welcome</title></head>
            <body><h1>Welcome</h1><p>This server is up and running.</p></body></html>
            """;

    private final Hosting hosting;
    private final WebSocketUpgrade upgrade;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    HttpRoutes(Hosting hosting, WebSocketUpgrade upgrade) {
        this.hosting = hosting;
        this.upgrade = upgrade;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!busy) {
            route(ctx, request);
        } else if (waiting.size() < PIPELINED) {
            waiting.add(request.retain());
        } else {
            ctx.close();
        }
    }

    private void route(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        String path = request.uri();
        Matcher group = GROUP_PATH.matcher(path);
        if (!request.decoderResult().isSuccess()) {
            HttpProblem.BAD_REQUEST.sendAndClose(ctx);
        } else if (group.matches()) {
            Optional<GroupDoor> door = hosting.door(group.group(1));
            if (door.isEmpty()) {
                answer(ctx, request, HttpProblem.NOT_FOUND.response());
            } else {
                groupFile(ctx, request, door.get(), group.group(2));
            }
        } else if (!reads(request)) {
            answer(ctx, request, HttpProblem.METHOD_NOT_ALLOWED.response());
        } else {
            answer(ctx, request, page(path));
        }
    }

    private FullHttpResponse page(String path) {
        return switch (path) {
            case "/" -> text(HttpResponseStatus.OK, "text/html; charset=utf-8", "public, max-age=3600", PAGE);
            case "/healthz" -> health(hosting.health());
            case "/readyz" -> health(hosting.readiness());
            default -> HttpProblem.NOT_FOUND.response();
        };
    }

    private static FullHttpResponse health(Hosting.Health health) {
        return text(
                health.good() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                "application/health+json",
                "no-store",
                health.json());
    }

    private void groupFile(ChannelHandlerContext ctx, FullHttpRequest request, GroupDoor door, String file) {
        if (file.equals("ws")) {
            if (WebSocketUpgrade.isAskedFor(request) && waiting.isEmpty()) {
                upgrade.upgrade(ctx, request, door);
            } else {
                answer(ctx, request, HttpProblem.UPGRADE_NEEDED.response());
            }
        } else if (file.equals("roster") && request.method().equals(HttpMethod.POST)) {
            roster(ctx, request, door);
        } else if (!reads(request)) {
            answer(ctx, request, HttpProblem.METHOD_NOT_ALLOWED.response());
        } else {
            read(ctx, request, door.publication(), file);
        }
    }

    private static boolean reads(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private void read(ChannelHandlerContext ctx, FullHttpRequest request, Publication files, String file) {
        Optional<Long> index = TranscriptFiles.entryIndex(file);
        Optional<ByteString> address = TranscriptFiles.blobAddress(file);
        if (file.equals(TranscriptFiles.GROUP)) {
            whenRead(ctx, request, files.group(), TranscriptFiles.BINARY_TYPE, FOR_EVER);
        } else if (file.equals(TranscriptFiles.CHECKPOINT)) {
            whenRead(ctx, request, files.checkpoint(), TranscriptFiles.TEXT_TYPE, SECONDS);
        } else if (index.isEmpty() && address.isEmpty()) {
            answer(ctx, request, HttpProblem.NOT_FOUND.response());
        } else if (files.membersOnly()) {
            answer(ctx, request, HttpProblem.MEMBERS_ONLY.response());
        } else {
            CompletionStage<Optional<ByteString>> found =
                    index.isPresent() ? files.entry(index.get()) : files.blob(address.orElseThrow());
            whenRead(ctx, request, found, TranscriptFiles.BINARY_TYPE, FOR_EVER);
        }
    }

    private void whenRead(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            CompletionStage<Optional<ByteString>> file,
            String type,
            String cache) {
        request.retain();
        file.whenComplete((found, failure) -> ctx.executor().execute(() -> {
            FullHttpResponse response;
            if (failure != null) {
                response = HttpProblem.STORE_UNREADABLE.response();
            } else if (found.isEmpty()) {
                response = HttpProblem.NOT_FOUND.response();
            } else {
                response = bytes(found.get(), type, cache);
            }
            answer(ctx, request, response);
            request.release();
        }));
    }

    private void roster(ChannelHandlerContext ctx, FullHttpRequest request, GroupDoor door) {
        byte[] body = new byte[request.content().readableBytes()];
        request.content().getBytes(request.content().readerIndex(), body);
        Signed<RosterEntry> entry;
        try {
            entry = Envelopes.decode(ByteString.wrap(body), RosterEntry.class);
        } catch (FormatException e) {
            answer(ctx, request, HttpProblem.NOT_AN_ENTRY.response(String.valueOf(e.getMessage())));
            return;
        }
        if (!door.signatures().allGood(entry)) {
            answer(ctx, request, HttpProblem.NOT_AN_ENTRY.response("a signature is not good"));
            return;
        }
        request.retain();
        door.submit(entry)
                .whenComplete((problem, failure) -> ctx.executor().execute(() -> {
                    FullHttpResponse response;
                    if (failure != null) {
                        response = HttpProblem.STORE_UNREADABLE.response();
                    } else if (problem.isPresent()) {
                        response = HttpProblem.ROSTER_REFUSED.response(problem.get());
                    } else {
                        response = text(HttpResponseStatus.OK, "text/plain; charset=utf-8", "no-store", "accepted\n");
                    }
                    answer(ctx, request, response);
                    request.release();
                }));
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request, FullHttpResponse response) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        int length = response.content().readableBytes();
        FullHttpResponse sent = response;
        if (request.method().equals(HttpMethod.HEAD)) {
            sent = response.replace(Unpooled.EMPTY_BUFFER);
            response.release();
        }
        sent.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, length).set("X-Content-Type-Options", "nosniff");
        ChannelFuture written = ctx.writeAndFlush(sent);
        busy = false;
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        FullHttpRequest next = waiting.poll();
        if (next != null) {
            route(ctx, next);
            next.release();
        }
    }

    private static FullHttpResponse text(HttpResponseStatus status, String type, String cache, String text) {
        return response(status, type, cache, text.getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse bytes(ByteString bytes, String type, String cache) {
        return response(HttpResponseStatus.OK, type, cache, bytes.unsafeArray());
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, String cache, byte[] body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CACHE_CONTROL, cache);
        return response;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
        if (cause instanceof Error error) {
            throw error;
        }
    }
}
