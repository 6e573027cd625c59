package org.plainsong.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The refusals of the HTTP side, as problem details (RFC 9457) with stable types. */
@SuppressWarnings("FutureReturnValueIgnored") // what is sent or closed here needs no answer
enum HttpProblem {
    NOT_FOUND(404, "not-found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This address takes GET; roster takes POST."),
    BAD_REQUEST(400, "bad-request", "The request is not one that this server understands."),
    BODY_TOO_LARGE(413, "body-too-large", "The body is larger than any that is taken here."),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests from one address; wait some seconds."),
    TOO_MANY_UPLOADS(503, "too-many-uploads", "Other roster entries are being handed in; try again in some seconds."),
    NOT_AN_ENTRY(400, "not-a-roster-entry", "The body is not the envelope of a signed roster entry."),
    MEMBERS_ONLY(403, "members-only", "The transcript of this group is for its members and auditors only."),
    STORE_UNREADABLE(503, "store-unreadable", "The archive cannot be read now; the operator's log says why."),
    UPGRADE_NEEDED(426, "upgrade-needed", "This address speaks WebSocket, version 13."),
    ROSTER_REFUSED(422, "roster-entry-refused", "The roster entry was not accepted.");

    private final int status;
    private final String slug;
    private final String title;

    HttpProblem(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    FullHttpResponse response() {
        return response("");
    }

    FullHttpResponse response(String detail) {
        String json = "{\"type\":\"urn:plainsong:problem:" + slug + "\",\"title\":\"" + title + "\",\"status\":"
                + status + (detail.isEmpty() ? "" : ",\"detail\":\"" + escaped(detail) + "\"") + "}\n";
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    void sendAndClose(ChannelHandlerContext ctx) {
        FullHttpResponse response = response();
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u" + HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
