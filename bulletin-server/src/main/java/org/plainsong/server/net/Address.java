package org.plainsong.server.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.plainsong.core.bytes.ByteString;

/**
 * Whom limits are counted for: an IPv4 address, or the 64-bit network of an IPv6 address, because who has one of these has all addresses in it. Never logged.
 *
 * @param network the bytes that tell it from others
 * @param local whether it is this machine: a proxy or an onion service brings everybody from there, so nothing is counted by address
 */
record Address(ByteString network, boolean local) {
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final Address UNKNOWN = new Address(ByteString.EMPTY, false);

    static Address of(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return UNKNOWN;
        }
        InetAddress address = inet.getAddress();
        byte[] bytes = address.getAddress();
        return new Address(
                ByteString.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes),
                address.isLoopbackAddress());
    }
}
