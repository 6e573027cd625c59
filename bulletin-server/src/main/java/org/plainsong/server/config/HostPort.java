package org.plainsong.server.config;

import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port 0..65535, 0 for any free one
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** Checks the port. */
    public HostPort {
        if (host.isEmpty() || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("must be HOST:PORT with a port of 0 to 65535");
        }
    }

    /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}; the argument exception says what is wrong. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("must be HOST:PORT, for instance 127.0.0.1:8443");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address goes into brackets, for instance [::1]:8443");
        }
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be HOST:PORT with a port of 0 to 65535", e);
        }
    }

    /** As a socket address; a name is looked up now. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
