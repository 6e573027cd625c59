package org.plainsong.member.net;

import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.group.ServerUrl;
import org.plainsong.core.message.ServerEntry;

/**
 * Where a server is reached and by which TLS key it is known there.
 *
 * @param url host and port
 * @param pin SHA-256 of the SubjectPublicKeyInfo of its TLS certificate, 32 bytes
 */
public record Endpoint(ServerUrl url, ByteString pin) {
    /** That of a server of the roster; nothing if its URL has another form than the group's rules allow. */
    public static Optional<Endpoint> of(ServerEntry server) {
        return ServerUrl.parse(server.url()).map(url -> new Endpoint(url, server.tlsPin()));
    }

    /** The host without the brackets of an IPv6 address. */
    String host() {
        String host = url.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
